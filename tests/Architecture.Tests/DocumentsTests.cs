using System.Text.RegularExpressions;

namespace K12Hub.Architecture.Tests;

/// <summary>Where a newcomer opens a folder, it says what it is; and what the front page promises is there.</summary>
public sealed partial class DocumentsTests
{
    private static readonly string[] TopFolders = [".", "host", "modules", "connectors", "tests", "tools"];

    [Fact]
    public void Every_project_folder_has_a_readme_with_one_title() =>
        Complaints.None(Repository.Files(".csproj")
            .Select(project => project[..project.LastIndexOf('/')])
            .Where(folder => !folder.StartsWith("tests/", StringComparison.Ordinal))
            .SelectMany(Untitled));

    [Fact]
    public void The_top_folders_have_a_readme_with_one_title() =>
        Complaints.None(TopFolders.SelectMany(Untitled));

    [Fact]
    public void Paths_named_in_a_readme_exist() =>
        Complaints.None(Repository.Files("README.md").SelectMany(readme => DeadLinks(readme, Repository.Read(readme))));

    [Fact]
    public void Every_guarantee_of_the_event_store_names_tests_that_exist() =>
        Complaints.None(Unproven(
            Repository.Read("host/EventStore/README.md"),
            string.Concat(Repository.Files(".cs", "tests/EventStore.Tests").Select(Repository.Read))));

    [Fact]
    public void Every_test_in_the_list_of_Martens_suites_exists() =>
        Complaints.None(Nowhere(
            Repository.Read("tests/EventStore.Tests/README.md"),
            string.Concat(Repository.Files(".cs", "tests/EventStore.Tests").Select(Repository.Read))));

    [Fact]
    public void Decisions_fit_on_a_page() =>
        Complaints.None(Repository.Files(".md", "host/decisions")
            .Where(path => Repository.Read(path).Split('\n').Length > 31));

    [Fact]
    public void The_rules_notice_what_they_forbid()
    {
        Assert.Equal(["nowhere has no README.md"], Untitled("nowhere"));
        Assert.Equal(["README.md links to nowhere.md"], DeadLinks("README.md", "see [it](nowhere.md)"));
        Assert.Equal(
            ["No test is named: Fast.", "There is no Some_class", "There is no It_is_kept"],
            Unproven(
                """
                ## Guarantees
                - Fast.
                - Kept. `Some_class`: It_is_kept,
                  It_is_safe.
                ## More
                - Cheap.
                """,
                "class Some_classes { void It_is_safe() { Some_class x; } }"));
    }

    private static IEnumerable<string> Untitled(string folder)
    {
        var readme = Path.Combine(Repository.Root, folder, "README.md");
        if (!File.Exists(readme)) return [$"{folder} has no README.md"];

        var titles = Outside(File.ReadAllLines(readme)).Count(line => line.StartsWith("# ", StringComparison.Ordinal));
        return titles == 1 ? [] : [$"{folder}/README.md has {titles} titles"];
    }

    /// <summary>The lines that are not inside a code block.</summary>
    private static IEnumerable<string> Outside(IEnumerable<string> lines)
    {
        var inside = false;
        foreach (var line in lines)
        {
            if (line.TrimStart().StartsWith("```", StringComparison.Ordinal)) inside = !inside;
            else if (!inside) yield return line;
        }
    }

    private static IEnumerable<string> DeadLinks(string readme, string text)
    {
        var folder = Path.GetDirectoryName(readme) ?? "";
        return Link().Matches(text)
            .Select(match => match.Groups["to"].Value)
            .Where(to => !Path.Exists(Path.Combine(Repository.Root, folder, to)))
            .Select(to => $"{readme} links to {to}");
    }

    /// <summary>Guarantees that name no test, and names that no test has.</summary>
    private static IEnumerable<string> Unproven(string readme, string tests)
    {
        var section = readme.Split("## Guarantees")[1].Split("\n## ")[0];
        foreach (var guarantee in section.Split("\n- ", StringSplitOptions.TrimEntries).Skip(1))
        {
            var names = TestName().Matches(guarantee).Select(match => match.Value).ToList();
            if (names.Count == 0 && !guarantee.Contains("`tests/", StringComparison.Ordinal))
            {
                yield return $"No test is named: {guarantee}";
            }

            foreach (var missing in Nowhere(guarantee, tests)) yield return missing;
        }
    }

    /// <summary>Names of tests that no test has.</summary>
    private static IEnumerable<string> Nowhere(string text, string tests) => TestName().Matches(text)
        .Select(match => match.Value)
        .Where(name => !Regex.IsMatch(tests, $@"\b(class {name}\b|{name}\()"))
        .Select(missing => $"There is no {missing}");

    [GeneratedRegex(@"\b[A-Z]\w*_\w+")]
    private static partial Regex TestName();

    [GeneratedRegex(@"\]\((?<to>[^)#:]+)(#[^)]*)?\)")]
    private static partial Regex Link();
}
