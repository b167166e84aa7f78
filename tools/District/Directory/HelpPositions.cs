namespace K12Hub.District;

/// <summary>A position that people are asked in.</summary>
/// <param name="Key">The position's key: <c>bus-dispatcher</c>.</param>
/// <param name="English">Its title; who has it has the same in <see cref="Person.Position"/>.</param>
/// <param name="Spanish">Its title in Spanish.</param>
/// <param name="Hours">When whoever has it can be reached; null where nothing is said.</param>
public sealed record HelpPosition(string Key, string English, string Spanish, string? Hours);

/// <summary>The positions of a district that chains of contact lead to. Some are vacant.</summary>
public static class HelpPositions
{
    /// <summary>All of them, in the order of the file.</summary>
    public static IReadOnlyList<HelpPosition> All { get; } =
    [
        .. DirectoryFile.Read("positions.tsv")
            .Select(cells => new HelpPosition(cells[0], cells[1], cells[2], cells[3].Length > 0 ? cells[3] : null)),
    ];
}
