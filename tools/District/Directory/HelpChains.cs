using System.Globalization;

namespace K12Hub.District;

/// <summary>A step of a chain of contact.</summary>
/// <param name="Position">The position's key.</param>
/// <param name="IsAtSchool">Whether at the child's school; else at the district's offices.</param>
/// <param name="MoveOnAfter">Business days without an answer after which one may ask the next; null for the
/// last.</param>
public sealed record HelpStep(string Position, bool IsAtSchool, int? MoveOnAfter);

/// <summary>Whom one asks about an area, and whom next.</summary>
/// <param name="Area">The area's key.</param>
/// <param name="IsForStaff">Whether staff asks; else families.</param>
/// <param name="Steps">The first comes first.</param>
public sealed record HelpChain(string Area, bool IsForStaff, IReadOnlyList<HelpStep> Steps);

/// <summary>Whom one asks in a district: one chain for families for each area, and some for staff.</summary>
public static class HelpChains
{
    /// <summary>All of them, in the order of the file.</summary>
    public static IReadOnlyList<HelpChain> All { get; } =
    [
        .. DirectoryFile.Read("chains.tsv").Select(
            cells => new HelpChain(cells[0], cells[1] == "staff", [.. cells[2].Split(' ').Select(StepOf)])),
    ];

    /// <summary><c>principal@school:2</c></summary>
    private static HelpStep StepOf(string text)
    {
        var parts = text.Split('@', ':');
        int? moveOnAfter = parts.Length > 2 ? int.Parse(parts[2], CultureInfo.InvariantCulture) : null;
        return new(parts[0], parts[1] == "school", moveOnAfter);
    }
}
