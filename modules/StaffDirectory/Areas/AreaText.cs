namespace K12Hub.StaffDirectory;

/// <summary>What an area says in one language.</summary>
/// <param name="Language">en or es.</param>
/// <param name="Name">What it is called.</param>
/// <param name="Description">What it covers; null for nothing to add.</param>
/// <param name="Phrases">How people ask for it.</param>
public sealed record AreaText(string Language, string Name, string? Description, IReadOnlyList<string> Phrases)
{
    internal bool Says(AreaText other) =>
        (Language, Name, Description) == (other.Language, other.Name, other.Description)
        && Phrases.SequenceEqual(other.Phrases);
}
