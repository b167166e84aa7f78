namespace K12Hub.Hosting;

/// <summary>Every permission there is; modules declare theirs at start. Fields, pages and commands name one as their
/// policy. What nobody declared, nobody has.</summary>
public sealed class PermissionCatalog
{
    private readonly SortedDictionary<string, string> declared = new(StringComparer.Ordinal);

    /// <summary>Names, with what whoever has the permission may do, in a sentence for whoever grants it.</summary>
    public IReadOnlyDictionary<string, string> All => declared;

    /// <summary>Declares a permission.</summary>
    /// <param name="name">Stable name, module first: <c>roster.read</c>.</param>
    /// <param name="description">What whoever has it may do.</param>
    /// <exception cref="ArgumentException">The name is taken.</exception>
    public void Declare(string name, string description)
    {
        if (!declared.TryAdd(name, description))
        {
            throw new ArgumentException($"The permission {name} is declared twice.");
        }
    }
}
