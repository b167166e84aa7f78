using K12Hub.Contracts;

namespace K12Hub.Roster.Tests;

public sealed class CheckingTests : IAsyncLifetime
{
    private TestDistrict district = null!;

    public async ValueTask InitializeAsync() => district = await TestDistrict.CreateAsync();

    public ValueTask DisposeAsync() => district.DisposeAsync();

    [Fact]
    public async Task Of_two_rows_with_one_sourcedId_the_newest_is_kept_and_the_other_named()
    {
        var outcome = await district.ImportAsync(Package.Version12().With("orgs.csv",
            "lincoln,active,2026-09-02T00:00:00Z,Lincoln School,school,060000101,district",
            "lincoln,active,2026-09-01T00:00:00Z,Lincoln Annex,school,060000101,district"));

        Assert.Equal(2, outcome.Counts["orgs"].Rejected);
        Assert.Equal("Lincoln School", await SchoolAsync());
        Assert.Equal(
            [(3, "lincoln"), (5, "lincoln")],
            outcome.Findings.Where(f => f.Rule == "sourcedId.duplicate").Select(f => (f.Line!.Value, f.Value!)));
    }

    [Fact]
    public async Task Of_two_equally_new_rows_the_last_is_kept()
    {
        await district.ImportAsync(Package.Version12().With("orgs.csv", "lincoln,,,Lincoln School,school,,district"));
        Assert.Equal("Lincoln School", await SchoolAsync());
    }

    [Fact]
    public async Task The_roles_of_a_rejected_1_1_row_go_with_it()
    {
        var outcome = await district.ImportAsync(Package.Version11().With("users.csv",
            "reyes,,,true,district,aide,m.reyes,,Maria,Reyes,,,reyes@example.org,,,,,"));
        Assert.Contains("roles +6; users +5 !1", Counts.Of(outcome), StringComparison.Ordinal);
        Assert.Equal("aide", await district.OneAsync($"""
            select role from roster.person_roles where person_id = '{RosterId.Of("sis", "users", "reyes")}'
            """));
    }

    [Fact]
    public async Task A_row_that_points_to_nothing_takes_along_what_points_to_it()
    {
        var outcome = await district.ImportAsync(
            Package.Version12().Change("classes.csv", "12,lincoln", "12,atlantis"));

        Assert.Contains("classes !1", Counts.Of(outcome), StringComparison.Ordinal);
        Assert.Contains("enrollments !2", Counts.Of(outcome), StringComparison.Ordinal);
        var first = outcome.Findings[0];
        Assert.Equal(
            (FindingEffect.RowRejected, "reference.unknown", "classes.csv", 2, "schoolSourcedId", "atlantis"),
            (first.Effect, first.Rule, first.File, first.Line, first.Column, first.Value));
        Assert.Equal(
            "schoolSourcedId 'atlantis' is neither in orgs of this package nor known from an earlier one; the row was "
                + "left out.",
            first.Message);
    }

    [Theory]
    [InlineData("roles.csv", "r1,,,ana", "r1,,,nobody", "roles")]
    [InlineData("roles.csv", "teacher,,,lincoln", "teacher,,,atlantis", "roles")]
    [InlineData("enrollments.csv", "lincoln,leo", "lincoln,nobody", "enrollments")]
    [InlineData("demographics.csv", "mia,", "nobody,", "demographics")]
    public async Task A_row_that_makes_no_sense_without_is_rejected(
        string file, string what, string to, string collection)
    {
        var outcome = await district.ImportAsync(Package.Version12().Change(file, what, to));
        Assert.Equal(1, outcome.Counts[collection].Rejected);
        Assert.Equal((FindingEffect.RowRejected, file), (outcome.Findings[0].Effect, outcome.Findings[0].File));
    }

    [Theory]
    [InlineData("orgs.csv", "060000101,district", "060000101,atlantis")]
    [InlineData("academicSessions.csv", ",year,2027", ",never,2027")]
    [InlineData("courses.csv", ",,,year,", ",,,never,")]
    [InlineData("classes.csv", "math3,M3-A", "history,M3-A")]
    [InlineData("classes.csv", "\"fall,year\"", "\"fall,never\"")]
    [InlineData("users.csv", "\"leo,mia\"", "\"leo,nobody\"")]
    [InlineData("users.csv", "lincoln,he/him", "atlantis,he/him")]
    [InlineData("enrollments.csv", "e1,,,math3a,lincoln", "e1,,,math3a,atlantis")]
    public async Task A_row_that_makes_sense_without_is_kept_with_a_warning(string file, string what, string to)
    {
        var outcome = await district.ImportAsync(Package.Version12().Change(file, what, to));
        var finding = Assert.Single(outcome.Findings, f => f.Rule == "reference.unknown");
        Assert.Equal((FindingEffect.Warning, file), (finding.Effect, finding.File));
        Assert.All(outcome.Counts.Values, counts => Assert.Equal(0, counts.Rejected));
    }

    [Fact]
    public async Task An_enrollment_at_an_unknown_school_is_at_the_school_of_its_class()
    {
        await district.ImportAsync(Package.Version12()
            .Change("enrollments.csv", "e1,,,math3a,lincoln", "e1,,,math3a,atlantis"));
        Assert.Equal("2", await district.OneAsync($"""
            select count(*) from roster.enrollments where school_id = '{RosterId.Of("sis", "orgs", "lincoln")}'
            """));
    }

    [Fact]
    public async Task What_an_absent_file_holds_is_known_from_before()
    {
        await district.ImportAsync(Package.Version12());
        var outcome = await district.ImportAsync(Package.Version12().Sent("classes", "absent").Sent("courses", "absent")
            .Sent("academicSessions", "absent").With("enrollments.csv", "e3,,,math3a,lincoln,mia,student,,,"));
        Assert.Equal("enrollments +1", Counts.Of(outcome));
        Assert.Empty(outcome.Findings);
    }

    [Fact]
    public async Task A_million_findings_are_counted_and_a_thousand_kept()
    {
        var package = Package.Version12();
        for (var i = 0; i < 1_500; i++) package.With("enrollments.csv", $"x{i},,,math3a,lincoln,nobody{i},student,,,");
        var outcome = await district.ImportAsync(package);
        Assert.Equal(1_500, outcome.Counts["enrollments"].Rejected);
        Assert.Equal(CollectedFindings.KeptByDefault, outcome.Findings.Count);
        Assert.Equal("1500", await district.OneAsync("select finding_count from roster.sync_runs"));
        Assert.Equal("1000", await district.OneAsync("select count(*) from roster.sync_findings"));
    }

    private Task<string> SchoolAsync() =>
        district.OneAsync("select name from roster.organizations where type = 'school'");
}
