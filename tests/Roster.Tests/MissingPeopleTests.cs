using K12Hub.Testing;

namespace K12Hub.Roster.Tests;

/// <summary>Whom a complete roster no longer holds is missing, and ends when a complete roster a week later lacks them
/// still.</summary>
public sealed class MissingPeopleTests : IAsyncLifetime
{
    private readonly ManualTime time = new(new(2026, 9, 7, 2, 0, 0, TimeSpan.Zero));
    private TestDistrict district = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        district = await TestDistrict.CreateAsync(time);
        await district.ImportAsync(All());
        time.Advance(TimeSpan.FromDays(1));
    }

    public ValueTask DisposeAsync() => district.DisposeAsync();

    [Fact]
    public async Task They_stay_with_all_that_is_known_of_them_until_the_grace_is_over()
    {
        var before = await RosterAsync();
        Assert.Equal(
            (ImportStatus.Applied, "missingUsers +1"), await ImportAsync(WithoutMia(), after: TimeSpan.Zero));
        Assert.Equal(["2026-09-08"], await MissingAsync());
        for (var night = 1; night < 7; night++)
        {
            Assert.Equal((ImportStatus.Unchanged, ""), await ImportAsync(WithoutMia(), TimeSpan.FromDays(1)));
        }

        Assert.Equal(before, await RosterAsync());

        // A run begins a little earlier than that of a week ago.
        Assert.Equal(
            (ImportStatus.Applied, "demographics -1; enrollments -1; missingUsers -1; roles -1; users -1"),
            await ImportAsync(WithoutMia(), TimeSpan.FromHours(23.5)));
        Assert.Empty(await MissingAsync());

        Assert.Equal(
            (ImportStatus.Applied, "demographics ^1; enrollments ^1; roles ^1; users ^1"),
            await ImportAsync(All(), TimeSpan.FromDays(1)));
        Assert.Equal(before, await RosterAsync());
    }

    [Fact]
    public async Task Who_is_sent_again_is_missing_no_longer_and_has_another_week_the_next_time()
    {
        await ImportAsync(WithoutMia(), TimeSpan.Zero);
        Assert.Equal(
            (ImportStatus.Applied, "missingUsers -1; users ~1"),
            await ImportAsync(All().Change("users.csv", "Mía", "Maya"), TimeSpan.FromDays(3)));
        Assert.Equal((ImportStatus.Applied, "missingUsers ^1"), await ImportAsync(WithoutMia(), TimeSpan.FromDays(1)));
        Assert.Equal(["2026-09-12"], await MissingAsync());
        Assert.Equal((ImportStatus.Unchanged, ""), await ImportAsync(WithoutMia(), TimeSpan.FromDays(6)));
        Assert.Equal(ImportStatus.Applied, (await ImportAsync(WithoutMia(), TimeSpan.FromDays(1))).Status);
        Assert.Equal("mia", await EndedAsync());
    }

    [Fact]
    public async Task Who_is_marked_as_to_be_deleted_ends_at_once()
    {
        var gone = All().Change("users.csv", "mia,,,true", "mia,tobedeleted,2026-09-08T01:00:00.000Z,true")
            .Without("roles.csv", "r3").Without("demographics.csv", "mia").Without("enrollments.csv", "e3");
        await ImportAsync(WithoutMia(), TimeSpan.Zero);
        Assert.Equal(
            (ImportStatus.Applied, "demographics -1; enrollments -1; missingUsers -1; roles -1; users -1"),
            await ImportAsync(gone, TimeSpan.FromDays(1)));
    }

    [Fact]
    public async Task What_cannot_do_without_something_else_ends_with_that()
    {
        Assert.Equal(
            (ImportStatus.Applied, "classes -1; enrollments -1; missingUsers +1"),
            await ImportAsync(WithoutMia().Without("classes.csv", "art"), TimeSpan.Zero));
    }

    [Fact]
    public async Task A_file_of_changes_ends_nobody_and_finds_who_is_in_it()
    {
        var changes = WithoutMia().Sent("users", "delta");
        Assert.Equal(
            (ImportStatus.Applied, "demographics -1; enrollments -1; roles -1"),
            await ImportAsync(changes, TimeSpan.Zero));
        Assert.Equal((ImportStatus.Applied, "missingUsers +1"), await ImportAsync(WithoutMia(), TimeSpan.FromDays(1)));
        Assert.Equal((ImportStatus.Unchanged, ""), await ImportAsync(changes, TimeSpan.FromDays(8)));
        Assert.Equal(["2026-09-09"], await MissingAsync());
        var found = WithoutMia().Sent("users", "delta")
            .With("users.csv", "mia,,,true,mia,,Mía,Ortiz,,,,,,,01,,,,,,lincoln,");
        Assert.Contains("missingUsers -1", (await ImportAsync(found, TimeSpan.FromDays(1))).Counts,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_applies_a_held_run_says_that_they_have_left()
    {
        await ImportAsync(WithoutMia(), TimeSpan.Zero);
        time.Advance(TimeSpan.FromDays(1));
        var both = WithoutMia().Without("users.csv", "leo").Without("roles.csv", "r2")
            .Without("demographics.csv", "leo").Without("enrollments.csv", "e1");
        var held = await district.ImportAsync(both, proposeOnly: true);
        Assert.Equal(
            (ImportStatus.Held, "demographics -2; enrollments -2; missingUsers -1; roles -2; users -2"),
            (held.Status, Counts.Of(held)));
        var details = await district.Runs.FindAsync(TestDistrict.Id, held.Run!.Value, Ct);
        Assert.Equal(2, details!.Changes.Single(change => change.Collection == "users").Ended);

        await district.Runs.ApplyAsync(TestDistrict.Id, held.Run.Value, "cli:test", Ct);
        Assert.Equal("leo mia", await EndedAsync());
        Assert.Empty(await MissingAsync());
    }

    [Fact]
    public async Task A_mass_departure_is_held_and_a_few_each_night_are_not()
    {
        Package Without(int first, int last)
        {
            var package = All();
            for (var number = 1; number <= 60; number++)
            {
                if (number >= first && number <= last) continue;
                package.With("users.csv", $"s{number},,,true,s{number},,Student,Number,,,,,,,03,,,,,,lincoln,")
                    .With("roles.csv", $"s{number},,,s{number},primary,student,,,lincoln,");
            }

            return package;
        }

        Assert.Equal(ImportStatus.Applied, (await ImportAsync(Without(0, 0), TimeSpan.Zero)).Status);
        for (var night = 1; night <= 3; night++)
        {
            Assert.Equal(
                (ImportStatus.Applied, "missingUsers +3"),
                await ImportAsync(Without(1, 3 * night), TimeSpan.FromDays(1)));
        }

        var held = await ImportAsync(Without(1, 15), TimeSpan.FromDays(1));
        Assert.Equal((ImportStatus.Held, "missingUsers -9; roles -15; users -15"), held);
        Assert.Equal((ImportStatus.Applied, "missingUsers -9"), await ImportAsync(Without(0, 0), TimeSpan.FromDays(1)));
    }

    [Fact]
    public async Task A_run_that_is_taken_back_leaves_who_was_missing_since_when()
    {
        var states = new List<List<string>> { await StateAsync() };
        var runs = new List<Guid>();
        foreach (var package in (Package[])[WithoutMia(), All(), WithoutMia(), WithoutMia()])
        {
            runs.Add((await district.ImportAsync(package)).Run!.Value);
            states.Add(await StateAsync());
            time.Advance(TimeSpan.FromDays(7));
        }

        Assert.Equal("mia", await EndedAsync());
        Assert.Equal(5, states.Select(state => string.Join('\n', state)).Distinct().Count());
        for (var last = runs.Count - 1; last >= 0; last--)
        {
            var answer = await district.Runs.RollBackAsync(TestDistrict.Id, runs[last], "cli:test", Ct);
            Assert.Equal((ImportStatus.RolledBack, null), (answer.Status, answer.Refusal));
            Assert.Equal(states[last], await StateAsync());
        }
    }

    private static Package All() => Package.Version12()
        .With("classes.csv", "art,,,Art,03,,,scheduled,,lincoln,year,,,")
        .With("enrollments.csv", "e3,,,art,lincoln,mia,student,,,");

    private static Package WithoutMia() => All()
        .Without("users.csv", "mia").Without("roles.csv", "r3").Without("demographics.csv", "mia")
        .Without("enrollments.csv", "e3");

    private async Task<(ImportStatus Status, string Counts)> ImportAsync(Package package, TimeSpan after)
    {
        time.Advance(after + TimeSpan.FromMilliseconds(1)); // No two runs of a source begin at once.
        var outcome = await district.ImportAsync(package);
        return (outcome.Status, Counts.Of(outcome));
    }

    private async Task<List<string>> RosterAsync() =>
        [.. (await district.RosterAsync()).Where(row => !row.StartsWith("missing_user", StringComparison.Ordinal))];

    private async Task<List<string>> StateAsync() =>
    [
        .. await district.RosterAsync(),
        .. await district.ListAsync("select m::text from roster.missing_people m order by 1"),
    ];

    private Task<List<string>> MissingAsync() => district.ListAsync(
        "select to_char(since at time zone 'UTC', 'YYYY-MM-DD') from roster.missing_people where ended_at is null");

    private Task<string> EndedAsync() => district.OneAsync(
        "select string_agg(sourced_id, ' ' order by sourced_id) from roster.people where ended_at is not null");
}
