using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace K12Hub.Hosting.Tests;

/// <summary>The guide in host/GraphQL/README.md shows the files of the folder Clubs, whole and word for word.</summary>
public sealed partial class GuideTests
{
    public static TheoryData<string> Files => new(Directory.EnumerateFiles(Folder(), "*.cs")
        .Select(path => new TheoryDataRow<string>(Path.GetFileName(path))));

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_file_of_the_module_stands_in_the_guide(string file) =>
        Assert.Equal(Shown(File.ReadAllText(Path.Combine(Folder(), file))), Guide().GetValueOrDefault(file));

    [Fact]
    public void The_guide_shows_no_other_file() => Assert.Equal(
        Directory.EnumerateFiles(Folder(), "*.cs").Select(Path.GetFileName).Order(), Guide().Keys.Order());

    [Fact]
    public async Task What_the_guide_asks_is_answered()
    {
        var document = Questions().Match(Text()).Groups["text"].Value;
        var query = document.IndexOf("query {", StringComparison.Ordinal);
        await using var hub = await ClubHub.StartAsync();

        var opened = await hub.AskAsync(document[..query]);
        var asked = await hub.AskAsync(document[query..]);

        var id = opened.GetProperty("data").GetProperty("openClub").GetProperty("club").GetProperty("id").GetString();
        Assert.Equal(
            $$$"""
            {"nodes":[{"id":"{{{id}}}","name":"Chess","isFull":false,"partner":null,"partners":{"nodes":[]}}],
            """,
            asked.GetProperty("data").GetProperty("clubs").GetRawText()
                .Split("\"pageInfo\"")[0]);
    }

    /// <summary>The blocks of C# that begin with the name of a file.</summary>
    private static Dictionary<string, string> Guide() => Blocks().Matches(Text())
        .ToDictionary(block => block.Groups["file"].Value, block => block.Groups["text"].Value.Trim());

    /// <summary>A file without what its place in the tests adds.</summary>
    private static string Shown(string text) => BlankLines().Replace(
        string.Join('\n', text.Split('\n').Where(line => !Placing().IsMatch(line))), "\n\n").Trim();

    private static string Text() =>
        File.ReadAllText(Path.Combine(Folder(), "../../../host/GraphQL/README.md")).ReplaceLineEndings("\n");

    private static string Folder([CallerFilePath] string path = "") =>
        Path.Combine(Path.GetDirectoryName(path)!, "Clubs");

    [GeneratedRegex(@"```csharp\n// (?<file>\w+\.cs)\n(?<text>.*?)```", RegexOptions.Singleline)]
    private static partial Regex Blocks();

    [GeneratedRegex(@"```graphql\n(?<text>.*?)```", RegexOptions.Singleline)]
    private static partial Regex Questions();

    [GeneratedRegex("^(using|namespace) ")]
    private static partial Regex Placing();

    [GeneratedRegex("\n{3,}")]
    private static partial Regex BlankLines();
}
