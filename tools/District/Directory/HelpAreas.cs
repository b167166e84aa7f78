namespace K12Hub.District;

/// <summary>What a district helps with, in one language, as families ask for it.</summary>
/// <param name="Key">The area's key: <c>bus-passes</c>.</param>
/// <param name="Language">en or es.</param>
/// <param name="Name">What it is called.</param>
/// <param name="Description">What it covers.</param>
/// <param name="Phrases">How people ask for it.</param>
public sealed record HelpArea(
    string Key, string Language, string Name, string Description, IReadOnlyList<string> Phrases);

/// <summary>The areas that districts help with, in English and Spanish: what a directory begins with.</summary>
public static class HelpAreas
{
    /// <summary>All of them, in the order of the file.</summary>
    public static IReadOnlyList<HelpArea> All { get; } =
    [
        .. DirectoryFile.Read("areas.tsv")
            .Select(cells => new HelpArea(cells[0], cells[1], cells[2], cells[3], cells[4].Split(';'))),
    ];
}
