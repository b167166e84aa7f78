using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace K12Hub.GraphQL.Tests.Limits;

/// <summary>The README lists every code an error of the library can have.</summary>
public sealed partial class CodeTableTests
{
    private static readonly string Library =
        Path.Combine(Path.GetDirectoryName(Here())!, "../../../host/GraphQL");

    // Words of the specification, written alike.
    private static readonly string[] NoErrors = ["DirectiveLocations.cs", "IntrospectionTypes.cs"];

    [Fact]
    public void Every_code_stands_in_the_readme()
    {
        var codes = Written();

        Assert.True(codes.Count > 30, $"{codes.Count} codes");
        Assert.Empty(codes.Except(Documented().Matches(File.ReadAllText(Path.Combine(Library, "README.md")))
            .Select(match => match.Groups["code"].Value)));
    }

    [Fact]
    public void The_readme_lists_no_code_that_no_error_has() => Assert.Empty(
        File.ReadLines(Path.Combine(Library, "README.md"))
            .SkipWhile(line => line != "## Codes")
            .TakeWhile(line => line == "## Codes" || !line.StartsWith("## ", StringComparison.Ordinal))
            .Where(line => line.StartsWith("| `", StringComparison.Ordinal))
            .SelectMany(line => Documented().Matches(line.Split('|')[1]))
            .Select(match => match.Groups["code"].Value)
            .Except(Written()));

    private static HashSet<string> Written() => Directory.EnumerateFiles(Library, "*.cs", SearchOption.AllDirectories)
        .Where(file => !file.Contains("/obj/", StringComparison.Ordinal) && !NoErrors.Contains(Path.GetFileName(file)))
        .SelectMany(file => Literals().Matches(File.ReadAllText(file)))
        .Select(match => match.Groups["code"].Value)
        .ToHashSet();

    private static string Here([CallerFilePath] string path = "") => path;

    [GeneratedRegex("\"(?<code>[A-Z]+(_[A-Z]+)+|CANCELED|TIMEOUT)\"")]
    private static partial Regex Literals();

    [GeneratedRegex("`(?<code>[A-Z_]+)`")]
    private static partial Regex Documented();
}
