using K12Hub.Contracts;

namespace K12Hub.OneRoster.Tests;

public sealed class ReadmeTests
{
    [Fact]
    public void The_table_of_defects_is_the_list_in_the_code()
    {
        var expected = OneRosterRules.All.Select(r => $"| {r.Defect} | {Words(r.Effect)} | `{r.Code}` |");

        Assert.Equal(expected, Table(File.ReadAllLines(Readme())));
    }

    [Fact]
    public void Each_rule_has_its_own_code() =>
        Assert.Equal(OneRosterRules.All.Count, OneRosterRules.All.DistinctBy(r => r.Code).Count());

    [Fact]
    public void A_table_that_lacks_a_row_is_noticed()
    {
        string[] readme = ["| Defect | Effect | Rule |", "|---|---|---|", "| a | warning | `b` |", "", "| c |"];

        Assert.Equal(["| a | warning | `b` |"], Table(readme));
    }

    private static IEnumerable<string> Table(string[] lines) => lines
        .SkipWhile(l => l != "| Defect | Effect | Rule |").Skip(2).TakeWhile(l => l.StartsWith('|'));

    private static string Words(FindingEffect effect) => effect switch
    {
        FindingEffect.RunRejected => "run refused",
        FindingEffect.RowRejected => "row rejected",
        _ => "warning",
    };

    private static string Readme()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "K12Hub.sln"))) folder = Path.GetDirectoryName(folder)!;

        return Path.Combine(folder, "connectors", "OneRoster", "README.md");
    }
}
