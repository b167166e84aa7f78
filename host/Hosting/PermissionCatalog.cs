namespace K12Hub.Hosting;

/// <summary>Every permission there is; modules declare theirs at start. Fields, pages and commands name one as their
/// policy. What nobody declared, nobody has.</summary>
public sealed class PermissionCatalog
{
    private readonly SortedDictionary<string, string> declared = new(StringComparer.Ordinal);
    private readonly Dictionary<string, PermissionEntry> details = new(StringComparer.Ordinal);

    /// <summary>Names, with what whoever has the permission may do, in a sentence for whoever grants it.</summary>
    public IReadOnlyDictionary<string, string> All => declared;

    /// <summary>The permission of a name; null when nobody declared it.</summary>
    public PermissionEntry? Find(string name) => details.GetValueOrDefault(name);

    /// <summary>Declares a permission for the whole district, about the machinery.</summary>
    /// <param name="name">Stable name, module first: <c>roster.read</c>.</param>
    /// <param name="description">What whoever has it may do.</param>
    /// <exception cref="ArgumentException">The name is taken.</exception>
    public void Declare(string name, string description) => Declare(new PermissionEntry(name, description));

    /// <summary>Declares a permission.</summary>
    /// <exception cref="ArgumentException">The name is taken.</exception>
    public void Declare(PermissionEntry permission)
    {
        ArgumentNullException.ThrowIfNull(permission);
        if (!declared.TryAdd(permission.Name, permission.Description))
        {
            throw new ArgumentException($"The permission {permission.Name} is declared twice.");
        }

        details.Add(permission.Name, permission);
    }
}
