using K12Hub.Contracts;

namespace K12Hub.OneRoster.Tests;

public sealed class DefectsTests
{
    public static TheoryData<string> TextRules => [.. Defects.ByRule.Keys];

    [Theory, MemberData(nameof(TextRules))]
    public async Task A_defect_breaks_its_rule_and_has_the_effect_the_README_promises(string rule)
    {
        var whole = await SamplePackage.Version12().ReadAsync();
        var read = await Defects.ByRule[rule](SamplePackage.Version12()).ReadAsync();

        var effect = Assert.Single(OneRosterRules.All, r => r.Code == rule).Effect;
        var finding = read.Findings.Concat(read.Refusals).First(f => f.Rule == rule);
        Assert.Equal(effect, finding.Effect);
        Assert.Matches("^[\\w$].{15,}[.\\w]$", finding.Message);
        Assert.Equal(effect == FindingEffect.RunRejected, read.Refusals.Count > 0);
        if (effect == FindingEffect.RowRejected) Assert.Equal(whole.Records.Count - 1, read.Records.Count);
        if (effect == FindingEffect.Warning) Assert.True(read.Records.Count == whole.Records.Count, rule);
        if (effect == FindingEffect.RowRejected)
            Assert.True(finding is { File: not null, Line: > 1, SourcedId: "leo" or "reyes" or "e1" }, rule);
    }

    [Fact]
    public void Every_rule_is_broken_by_a_test() => Assert.Equal(
        OneRosterRules.All.Select(r => r.Code).Order(StringComparer.Ordinal),
        Defects.ByRule.Keys.Concat(PackageDefectsTests.Rules)
            .Concat(Rest.RestQuirksTests.Rules).Concat(SupplementTests.Rules).Order(StringComparer.Ordinal));

    [Fact]
    public async Task A_finding_names_file_line_column_and_value()
    {
        var read = await SamplePackage.Version12().Replace("enrollments.csv", "leo,student", "leo,wizard").ReadAsync();

        Assert.Equal(new RosterFinding(FindingEffect.RowRejected, "value.unknown",
            "role is none of administrator, proctor, student, teacher, aide, guardian, parent, relative.",
            "enrollments.csv", 2, "role", "wizard", "e1"), Assert.Single(read.Findings));
        Assert.Equal((2, 1), read.Rows[RosterCollections.Enrollments]);
    }

    [Fact]
    public async Task All_defects_of_a_row_are_told_together_and_the_row_counts_once()
    {
        var read = await SamplePackage.Version12().Replace("enrollments.csv",
            "e1,,,math3a,lincoln,leo,student,,2026-08-31", "e1,gone,,,lincoln,,wizard,,31.8.2026").ReadAsync();

        Assert.Equal(["status", "classSourcedId", "userSourcedId", "role", "beginDate"],
            read.Findings.Select(f => f.Column));
        Assert.Equal((2, 1), read.Rows[RosterCollections.Enrollments]);
    }

    [Fact]
    public async Task All_reasons_to_refuse_a_package_are_told_at_once()
    {
        var read = await SamplePackage.Version12().Without("courses.csv").Without("roles.csv")
            .Replace("users.csv", "givenName", "first").ReadAsync();

        Assert.Equal(["courses.csv", "users.csv", "roles.csv"], read.Refusals.Select(r => r.File));
        Assert.Empty(read.Records);
    }

    [Fact]
    public async Task A_row_after_a_rejected_one_keeps_its_line_number()
    {
        var read = await SamplePackage.Version12()
            .Replace("users.csv", "Ana,Ortiz", "\"Ana\nMaria\",Ortiz")
            .Replace("users.csv", "\nmia,", "\n\n,").ReadAsync();

        Assert.Equal((6, "sourcedId"), (read.Findings[0].Line, read.Findings[0].Column));
        Assert.Equal(7, read.One<UserRecord>("reyes").Line);
    }

    [Fact]
    public async Task A_value_is_cut_and_harmless_to_print()
    {
        var read = await SamplePackage.Version12()
            .Replace("enrollments.csv", "leo,student", $"leo,\"\u001B[31m{new string('x', 300)}\"").ReadAsync();

        Assert.Equal(100, read.Findings[0].Value!.Length);
        Assert.DoesNotContain('\u001B', read.Findings[0].Value!);
    }

    [Fact]
    public async Task A_password_is_in_no_record_and_in_no_finding()
    {
        var read = await SamplePackage.Version12()
            .Replace("users.csv", "secret-1", "\"secret-1\" secret-1")
            .Replace("users.csv", "secret-2", "secret-2,secret-2").ReadAsync();

        Assert.Equal(["row.long", "row.quotes"], read.Rules);
        Assert.DoesNotContain(read.Findings, f => f.ToString().Contains("secret", StringComparison.Ordinal));
        Assert.DoesNotContain(read.Records, r => r.ToString().Contains("secret", StringComparison.Ordinal));
    }

    [Fact]
    public void A_million_wrong_rows_are_counted_and_the_first_thousand_kept()
    {
        var findings = new CollectedFindings();
        var finding = new RosterFinding(FindingEffect.RowRejected, "cell.missing", "role is empty.");
        for (var i = 0; i < 1_000_000; i++) findings.Add(finding);

        Assert.Equal((1_000_000, 1_000), (findings.Total, findings.Kept.Count));
        Assert.Equal([new("cell.missing", FindingEffect.RowRejected, 1_000_000)], findings.Counts);
    }
}
