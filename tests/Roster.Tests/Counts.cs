namespace K12Hub.Roster.Tests;

/// <summary>What a run did, as a line to compare: <c>users +1 ~2 -3 !4 ^5</c> for added, changed, ended, rejected and
/// returned.</summary>
internal static class Counts
{
    public static string Of(ImportOutcome outcome) => string.Join("; ", outcome.Counts
        .Select(pair => (pair.Key, Text: Text(pair.Value)))
        .Where(pair => pair.Text.Length > 0)
        .OrderBy(pair => pair.Key, StringComparer.Ordinal)
        .Select(pair => $"{pair.Key}{pair.Text}"));

    private static string Text(ImportCounts counts) => string.Concat(
        Part(" +", counts.Added), Part(" ~", counts.Changed), Part(" -", counts.Ended), Part(" !", counts.Rejected),
        Part(" ^", counts.Returned));

    private static string Part(string sign, int count) => count == 0 ? "" : $"{sign}{count}";
}
