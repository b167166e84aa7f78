namespace K12Hub.Roster.Tests;

/// <summary>A run that would end too much waits for a person, who sees what it would do and decides.</summary>
public sealed class HeldRunTests : IAsyncLifetime
{
    private TestDistrict district = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        district = await TestDistrict.CreateAsync(Package.Version12());
    }

    public ValueTask DisposeAsync() => district.DisposeAsync();

    [Fact]
    public async Task A_truncated_export_is_held_and_nothing_of_it_applied()
    {
        var before = await district.RosterAsync();
        var held = await district.ImportAsync(Truncated());

        Assert.Equal((ImportStatus.Held, "demographics -2; users ~1"), (held.Status, Counts.Of(held)));
        Assert.Equal("hold.kindEmpty", Assert.Single(held.Findings).Rule);
        Assert.Equal(before, await district.RosterAsync());
    }

    [Fact]
    public async Task What_is_applied_later_is_exactly_what_was_held()
    {
        var held = await district.ImportAsync(Truncated());
        var answer = await ApplyAsync(held);
        var roster = await district.RosterAsync();

        Assert.Equal((ImportStatus.Applied, null), (answer.Status, answer.Refusal));
        Assert.Equal("2", await district.OneAsync(
            "select count(*) from roster.demographics where ended_at is not null"));
        Assert.Equal("Maya", await district.OneAsync("select given_name from roster.people where sourced_id = 'mia'"));
        Assert.Equal("applied t", await district.OneAsync(
            $"select status || case when forced then ' t' end from roster.sync_runs where id = '{held.Run}'"));
        Assert.Equal("roster.demographics_ended roster.demographics_ended roster.sync_run_decided "
            + "roster.sync_run_finished roster.user_changed", await district.OneAsync(
            $"select string_agg(type, ' ' order by type) from es.events where correlation_id = '{held.Run}'"));
        Assert.Equal("0", await district.OneAsync("select count(*) from roster.held_changes"));

        // Whatever was staged and compared then, is stored now: the package differs in nothing.
        Assert.Equal(ImportStatus.Unchanged, (await district.ImportAsync(Truncated())).Status);
        Assert.Equal(roster, await district.RosterAsync());
    }

    [Fact]
    public async Task A_first_roster_may_be_proposed_too()
    {
        await using var empty = await TestDistrict.CreateAsync();
        var held = await empty.ImportAsync(Package.Version12(), proposeOnly: true);
        Assert.Equal(ImportStatus.Held, held.Status);
        Assert.Equal("0", await empty.OneAsync("select count(*) from roster.people"));

        await empty.Runs.ApplyAsync(TestDistrict.Id, held.Run!.Value, "cli:test", Ct);
        Assert.Equal(await district.RosterAsync(), await empty.RosterAsync());
        Assert.Equal(
            await district.ListAsync("select student_id || kind from roster.relations order by 1"),
            await empty.ListAsync("select student_id || kind from roster.relations order by 1"));
    }

    [Fact]
    public async Task A_person_sees_what_it_would_do_to_which_school()
    {
        var held = await district.ImportAsync(Package.Version12()
            .Without("demographics.csv", "leo", "mia").Without("enrollments.csv", "e1")
            .With("enrollments.csv", "e3,,,math3a,lincoln,mia,student,,,"));
        var details = await district.Runs.FindAsync(TestDistrict.Id, held.Run!.Value, Ct);

        Assert.NotNull(details);
        Assert.Equal(
            ["demographics  2 +0 ~0 -2 100%", "enrollments Lincoln Elementary 2 +1 ~0 -1 50%"],
            details.Changes.Select(c => FormattableString.Invariant(
                $"{c.Collection} {c.SchoolName} {c.InForce} +{c.Added} ~{c.Changed} -{c.Ended} {c.EndedPercent}%")));
        Assert.Equal("hold.kindEmpty", Assert.Single(details.Reasons).Rule);
    }

    [Fact]
    public async Task What_was_rejected_cannot_be_applied()
    {
        var held = await district.ImportAsync(Truncated());
        var before = await district.RosterAsync();
        var rejected = await district.Runs.RejectAsync(
            TestDistrict.Id, held.Run!.Value, "Half a file.", "cli:test", Ct);

        Assert.Equal(ImportStatus.Declined, rejected.Status);
        Assert.Equal("roster.run_not_held", (await ApplyAsync(held)).Refusal?.Code);
        Assert.Equal(before, await district.RosterAsync());
        Assert.Equal("0", await district.OneAsync("select count(*) from roster.held_changes"));
        Assert.Equal("declined cli:test Half a file.", await district.OneAsync(
            "select status || ' ' || decided_by || ' ' || reason from roster.sync_decisions"));
    }

    [Fact]
    public async Task A_newer_run_takes_the_place_of_a_held_one()
    {
        var older = await district.ImportAsync(Truncated());
        var newer = await district.ImportAsync(Truncated());

        Assert.Equal("roster.run_not_held", (await ApplyAsync(older)).Refusal?.Code);
        Assert.Equal(["superseded", "held"], await district.ListAsync(
            "select status from roster.sync_runs where status in ('held', 'superseded') order by started_at"));

        // Also one that finds nothing to do: the source sends what is known.
        Assert.Equal(ImportStatus.Unchanged, (await district.ImportAsync(Package.Version12())).Status);
        Assert.Equal("roster.run_not_held", (await ApplyAsync(newer)).Refusal?.Code);
    }

    [Fact]
    public async Task A_package_that_cannot_be_read_leaves_what_is_held()
    {
        var held = await district.ImportAsync(Truncated());
        var bad = await district.ImportAsync(Package.Version12()
            .Sent("users", "absent").Change("manifest.csv", "file.users,absent", "file.users,bulk"));

        Assert.Equal(ImportStatus.Rejected, bad.Status);
        Assert.Equal(ImportStatus.Applied, (await ApplyAsync(held)).Status);
    }

    [Fact]
    public async Task A_roster_that_is_no_longer_the_same_is_a_conflict()
    {
        var held = await district.ImportAsync(Truncated());
        await district.ListAsync("update roster.demographics_v1 set row_hash = gen_random_uuid() returning 1");
        var before = await district.RosterAsync();

        Assert.Equal("roster.roster_changed", (await ApplyAsync(held)).Refusal?.Code);
        Assert.Equal(before, await district.RosterAsync());
    }

    [Fact]
    public async Task Who_is_erased_meanwhile_is_erased_from_what_is_held_too()
    {
        var held = await district.ImportAsync(Truncated());
        var mia = RosterId.Of("sis", "users", "mia");
        Assert.Contains("Maya", await district.OneAsync(
            $"select data from roster.held_changes where record_id = '{mia}'"), StringComparison.Ordinal);
        await district.Store.Erasure.EraseSubjectAsync(TestDistrict.Id, mia, "request 1", "test", Ct);

        Assert.Equal("", await district.OneAsync(
            $"select data from roster.held_changes where record_id = '{mia}' and collection = 'users'"));
        Assert.Equal("roster.roster_changed", (await ApplyAsync(held)).Refusal?.Code);
    }

    [Fact]
    public async Task Deciding_twice_changes_nothing()
    {
        var held = await district.ImportAsync(Truncated());
        await ApplyAsync(held);
        var events = await district.OneAsync("select count(*) from es.events");

        Assert.Equal(ImportStatus.Applied, (await ApplyAsync(held)).Status);
        Assert.Equal(events, await district.OneAsync("select count(*) from es.events"));
        Assert.Equal("roster.run_not_found",
            (await district.Runs.ApplyAsync(TestDistrict.Id, Guid.Empty, "cli:test", Ct)).Refusal?.Code);
    }

    private static Package Truncated() =>
        Package.Version12().Without("demographics.csv", "leo", "mia").Change("users.csv", "Mía", "Maya");

    private Task<RunAnswer> ApplyAsync(ImportOutcome held) =>
        district.Runs.ApplyAsync(TestDistrict.Id, held.Run!.Value, "cli:test", Ct);
}
