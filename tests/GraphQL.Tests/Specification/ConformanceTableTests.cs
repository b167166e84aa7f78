using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace K12Hub.GraphQL.Tests.Specification;

/// <summary>The table of conformance in host/GraphQL/README.md names files that are there.</summary>
public sealed partial class ConformanceTableTests
{
    private const int Code = 3;
    private const int Test = 4;

    [Fact]
    public void Every_file_it_names_is_there()
    {
        var named = Rows()
            .SelectMany(row => Named(row[Code], Library).Concat(Named(row[Test], Tests)))
            .ToList();

        Assert.True(named.Count > 80, $"{named.Count} files");
        Assert.Empty(named.Where(path => !File.Exists(path)).Distinct());
    }

    [Fact]
    public void Every_requirement_names_code_and_test() => Assert.Empty(Rows()
        .Where(row => row[2].Length > 0 && (row[Code].Length == 0 || row[Test].Length == 0))
        .Select(row => row[1]));

    private static string Tests => Path.Combine(Path.GetDirectoryName(Here())!, "..");

    private static string Library => Path.Combine(Tests, "../../host/GraphQL");

    private static IEnumerable<string[]> Rows() => File.ReadLines(Path.Combine(Library, "README.md"))
        .SkipWhile(line => line != "## Conformance")
        .SkipWhile(line => !line.StartsWith("|---", StringComparison.Ordinal))
        .Skip(1)
        .TakeWhile(line => line.StartsWith('|'))
        .Select(line => line.Split('|', StringSplitOptions.TrimEntries));

    private static IEnumerable<string> Named(string cell, string folder) =>
        Paths().Matches(cell).Select(match => Path.Combine(folder, match.Groups["path"].Value));

    private static string Here([CallerFilePath] string path = "") => path;

    [GeneratedRegex("`(?<path>[^`]+)`")]
    private static partial Regex Paths();
}
