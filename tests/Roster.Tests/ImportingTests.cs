using K12Hub.Contracts;

namespace K12Hub.Roster.Tests;

public sealed class ImportingTests : IAsyncLifetime
{
    private TestDistrict district = null!;

    public async ValueTask InitializeAsync() => district = await TestDistrict.CreateAsync();

    public ValueTask DisposeAsync() => district.DisposeAsync();

    [Theory]
    [InlineData("1.1", "academicSessions +2; classes +1; courses +1; demographics +2; enrollments +2; orgs +2; "
        + "roles +6; users +5")]
    [InlineData("1.2", "academicSessions +2; classes +1; courses +1; demographics +2; enrollments +2; orgs +2; "
        + "roles +6; users +5")]
    public async Task The_first_import_adds_everything(string version, string counts)
    {
        var outcome = await district.ImportAsync(version == "1.1" ? Package.Version11() : Package.Version12());
        Assert.Empty(outcome.Findings);
        Assert.Equal((ImportStatus.Applied, counts), (outcome.Status, Counts.Of(outcome)));
        Assert.Equal("21", await district.OneAsync("select count(*) from es.events where type like '%_added'"));
    }

    [Theory]
    [InlineData("1.1")]
    [InlineData("1.2")]
    public async Task The_same_package_again_changes_nothing_and_says_so(string version)
    {
        Package Sent() => version == "1.1" ? Package.Version11() : Package.Version12();
        await district.ImportAsync(Sent());
        var before = await district.OneAsync("select max(position) from es.events where type like '%_added'");
        var outcome = await district.ImportAsync(Sent());

        Assert.Equal((ImportStatus.Unchanged, ""), (outcome.Status, Counts.Of(outcome)));
        Assert.Equal(before, await district.OneAsync(
            "select max(position) from es.events where type <> 'roster.sync_run_finished'"));
        Assert.Equal(["applied", "unchanged"], await district.ListAsync(
            "select status from roster.sync_runs order by started_at"));
    }

    [Theory]
    [InlineData("orgs.csv", "Lincoln Elementary", "Lincoln School", "orgs ~1")]
    [InlineData("academicSessions.csv", "fall,,,Fall,", "fall,,,Autumn,", "academicSessions ~1")]
    [InlineData("courses.csv", "Mathematics 3,M3", "Mathematics 3,M-3", "courses ~1")]
    [InlineData("classes.csv", "scheduled,12", "scheduled,14", "classes ~1")]
    [InlineData("users.csv", "ana@example.org", "ortiz@example.org", "users ~1")]
    [InlineData("users.csv", "lincoln,he/him", ",he/him", "users ~1")]
    [InlineData("roles.csv", "reyes,primary,teacher", "reyes,primary,counselor", "roles ~1")]
    [InlineData("enrollments.csv", "teacher,true", "teacher,false", "enrollments ~1")]
    [InlineData("demographics.csv", "Riverside", "Corona", "demographics ~1")]
    public async Task A_changed_row_is_exactly_one_changed_record(string file, string what, string to, string counts)
    {
        await district.ImportAsync(Package.Version12());
        var outcome = await district.ImportAsync(Package.Version12().Change(file, what, to));
        Assert.Equal((ImportStatus.Applied, counts), (outcome.Status, Counts.Of(outcome)));
    }

    [Fact]
    public async Task A_later_date_of_export_alone_changes_nothing()
    {
        await district.ImportAsync(Package.Version12());
        var outcome = await district.ImportAsync(Package.Version12()
            .Change("users.csv", ",,,true", ",active,2026-11-01T02:00:00.000Z,true"));
        Assert.Equal((ImportStatus.Unchanged, ""), (outcome.Status, Counts.Of(outcome)));
    }

    [Fact]
    public async Task Who_moves_school_in_a_1_1_file_is_a_changed_user_with_another_role()
    {
        await district.ImportAsync(Package.Version11());
        var outcome = await district.ImportAsync(Package.Version11()
            .Change("users.csv", "reyes,,,true,lincoln", "reyes,,,true,district"));
        Assert.Equal("roles +1 -1; users ~1", Counts.Of(outcome));
    }

    [Fact]
    public async Task What_has_ended_stays_and_what_is_sent_again_returns()
    {
        district.Limits = TestDistrict.NoGrace;
        await district.ImportAsync(Package.Version12());
        var ended = await district.ImportAsync(Package.Version12()
            .Without("users.csv", "mia").Without("roles.csv", "r3").Without("demographics.csv", "mia"));
        Assert.Equal("demographics -1; roles -1; users -1", Counts.Of(ended));
        Assert.Equal("mia", await district.OneAsync("select sourced_id from roster.people where ended_at is not null"));

        Assert.Equal("", Counts.Of(await district.ImportAsync(Package.Version12()
            .Without("users.csv", "mia").Without("roles.csv", "r3").Without("demographics.csv", "mia"))));

        var returned = await district.ImportAsync(Package.Version12());
        Assert.Equal("demographics ^1; roles ^1; users ^1", Counts.Of(returned));
        Assert.Equal(
            ["roster.user_added", "roster.user_ended", "roster.user_returned"],
            await district.ListAsync($"""
                select type from es.events where stream_id = '{RosterId.Of("sis", "users", "mia")}' order by version
                """));
    }

    [Fact]
    public async Task A_row_to_be_deleted_ends_the_record()
    {
        await district.ImportAsync(Package.Version12());
        var outcome = await district.ImportAsync(Package.Version12()
            .Change("enrollments.csv", "e1,,,", "e1,tobedeleted,2026-11-01T02:00:00.000Z,"));
        Assert.Equal("enrollments -1", Counts.Of(outcome));
        Assert.Equal(("status.toBeDeleted", 2), outcome.Findings.Select(f => (f.Rule, f.Line!.Value)).Single());
    }

    [Fact]
    public async Task A_file_that_is_not_sent_says_nothing()
    {
        await district.ImportAsync(Package.Version12());
        var outcome = await district.ImportAsync(Package.Version12()
            .Sent("demographics", "absent").Sent("enrollments", "absent"));
        Assert.Equal((ImportStatus.Unchanged, ""), (outcome.Status, Counts.Of(outcome)));
    }

    [Fact]
    public async Task A_package_that_cannot_be_read_is_recorded_and_changes_nothing()
    {
        await district.ImportAsync(Package.Version12());
        var outcome = await district.ImportAsync(Package.Version12().Change("users.csv", "givenName", "firstName"));
        Assert.Equal(ImportStatus.Rejected, outcome.Status);
        Assert.Contains(outcome.Findings, finding => finding.Effect is FindingEffect.RunRejected);
        Assert.Equal(["applied", "rejected"], await district.ListAsync(
            "select status from roster.sync_runs order by started_at"));
        Assert.NotEmpty(await district.ListAsync("select rule from roster.sync_findings where effect = 'runRejected'"));
    }

    [Fact]
    public async Task Nothing_of_a_run_is_left_behind()
    {
        await district.ImportAsync(Package.Version12());
        Assert.Empty(await district.ListAsync("select nspname from pg_namespace where nspname like 'roster_stage%'"));
    }
}
