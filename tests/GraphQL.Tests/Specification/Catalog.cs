using System.Runtime.CompilerServices;

namespace K12Hub.GraphQL.Tests.Specification;

/// <summary>
/// The examples of a chapter, written for our own school: after a line <c>#: section outcome</c>, the text it is about.
/// </summary>
internal static class Catalog
{
    private const string Head = "#: ";

    public static IEnumerable<TheoryDataRow<string, string, string>> Read(
        string chapter, [CallerFilePath] string here = "")
    {
        var text = File.ReadAllText(Path.Combine(Path.GetDirectoryName(here)!, chapter));
        foreach (var entry in text.Split(Head, StringSplitOptions.RemoveEmptyEntries))
        {
            var end = entry.IndexOf('\n', StringComparison.Ordinal);
            var words = entry[..end].Split(' ');
            yield return new TheoryDataRow<string, string, string>(words[0], words[1], entry[(end + 1)..].Trim());
        }
    }
}
