using System.Text;
using K12Hub.Contracts;
using K12Hub.OneRoster.Supplements;

namespace K12Hub.OneRoster.Tests;

/// <summary>One CSV with what OneRoster has no place for.</summary>
public sealed class SupplementTests
{
    /// <summary>The rules that only such files can break.</summary>
    public static readonly string[] Rules = ["cell.misplaced"];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("es", "es")]
    [InlineData("SPA", "es")]
    [InlineData("Spanish", "es")]
    [InlineData("ger", "de")]
    [InlineData("zh_hant", "zh-Hant")]
    [InlineData("pt-br", "pt-BR")]
    [InlineData("es-419", "es-419")]
    [InlineData("hmn", "hmn")]
    [InlineData("Mandarin", "cmn")]
    [InlineData("und", null)]
    [InlineData("qq", null)]
    [InlineData("Klingonese", null)]
    [InlineData("1", null)]
    public void A_language_becomes_its_tag(string text, string? tag) => Assert.Equal(tag, LanguageTag.Find(text));

    [Fact]
    public async Task Rows_about_people_and_rows_about_two_are_told_apart()
    {
        var (people, pairs, findings) = await ReadAsync(
            "sourcedId,guardianSourcedId,homeLanguage,household,relation,contactPriority",
            "leo,,spanish,\"H1,H2\",,", "leo,ana,,,Mom,1", "leo,ben,,,Dad,2");

        Assert.Equal(
            (2, "es", "H1/H2"), (people[0].Line, people[0].HomeLanguage, string.Join('/', people[0].Households)));
        Assert.Equal(
            ["3 leo ana mother 1", "4 leo ben father 2"],
            pairs.Select(p => $"{p.Line} {p.StudentSourcedId} {p.GuardianSourcedId} {p.Relation} {p.ContactPriority}"));
        Assert.Empty(findings.Kept);
    }

    [Fact]
    public async Task What_a_file_lacks_and_what_cannot_be_read_is_not_said()
    {
        var (people, _, findings) = await ReadAsync(
            "sourcedId,homeLanguage,interpreterNeeded", "leo,gibberish,yes", "mia,,");

        Assert.Equal(["InterpreterNeeded"], people[0].Sent);
        Assert.Equal(["HomeLanguage", "InterpreterNeeded"], people[1].Sent.Order());
        Assert.Equal(("value.dropped", 2, "homeLanguage", "gibberish"), Where(Assert.Single(findings.Kept)));
    }

    [Fact]
    public async Task A_restriction_that_cannot_be_read_leaves_the_whole_row_out()
    {
        var (_, pairs, findings) = await ReadAsync(
            "sourcedId,guardianSourcedId,mayContact,mayPickUp", "leo,ana,maybe,no", "leo,ben,no,no");

        Assert.Equal("ben", Assert.Single(pairs).GuardianSourcedId);
        Assert.Equal(("value.unknown", 2, "mayContact", "maybe"), Where(Assert.Single(findings.Kept)));
    }

    [Fact]
    public async Task A_cell_in_a_row_of_the_other_kind_is_named_and_not_read()
    {
        var (people, pairs, findings) = await ReadAsync(
            "sourcedId,guardianSourcedId,homeLanguage,mayContact", "leo,,es,no", "leo,ana,es,no");

        Assert.Equal((1, 1), (people.Count, pairs.Count));
        Assert.Equal(
            [("cell.misplaced", 2, "mayContact", "no"), ("cell.misplaced", 3, "homeLanguage", "es")],
            findings.Kept.Select(Where));
    }

    [Fact]
    public async Task Rows_that_cannot_be_taken_apart_are_told_once()
    {
        var (people, pairs, findings) = await ReadAsync(
            "sourcedId,guardianSourcedId,homeLanguage", "leo,,es,too,much", "mia,,fr", "leo,ana,");

        Assert.Equal((1, 1), (people.Count, pairs.Count));
        Assert.Equal("row.long", Assert.Single(findings.Kept).Rule);
    }

    [Theory]
    [InlineData("column.missing", "homeLanguage", "es")]
    [InlineData("file.empty")]
    public async Task A_file_that_cannot_be_read_says_why(string rule, params string[] lines)
    {
        var opening = await new SupplementCsv(new()).OpenAsync(
            File(lines), SupplementMapping.None, new CollectedFindings(), Ct);

        Assert.Null(opening.Source);
        Assert.Equal(rule, Assert.Single(opening.Rejections).Rule);
    }

    private static (string, int?, string?, string?) Where(RosterFinding f) => (f.Rule, f.Line, f.Column, f.Value);

    private static async Task<(List<SupplementRecord>, List<GuardianshipRecord>, CollectedFindings)> ReadAsync(
        params string[] lines)
    {
        var findings = new CollectedFindings();
        var opening = await new SupplementCsv(new()).OpenAsync(File(lines), SupplementMapping.None, findings, Ct);
        await using var source = opening.Source!;
        var people = await source.Supplements(Ct).ToListAsync(Ct);
        var pairs = await source.Guardianships(Ct).ToListAsync(Ct);
        return (people, pairs, findings);
    }

    private static SupplementFile File(params string[] lines)
    {
        var text = Encoding.UTF8.GetBytes(string.Concat(lines.Select(line => line + "\r\n")));
        return new("supplement.csv", text.Length, () => new MemoryStream(text));
    }
}
