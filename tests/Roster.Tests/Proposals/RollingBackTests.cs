using K12Hub.District;

namespace K12Hub.Roster.Tests;

/// <summary>A run is taken back as a whole: afterwards the roster is as it was before.</summary>
public sealed class RollingBackTests : IAsyncLifetime
{
    private static readonly DistrictPlan Plan = new(Students: 400, Seed: 7);

    private TestDistrict district = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => district = await TestDistrict.CreateAsync();

    public ValueTask DisposeAsync() => district.DisposeAsync();

    [Fact]
    public async Task After_it_everything_is_as_before_the_run_and_the_run_can_be_done_again()
    {
        await ApplyAsync(0);
        await ApplyAsync(1);
        var (roster, people) = (await district.RosterAsync(), await PeopleAsync());
        var second = await ApplyAsync(2);
        var after = await district.RosterAsync();
        Assert.NotEqual(roster, after);

        Assert.Equal((ImportStatus.RolledBack, null), await RollBackAsync(second));
        Assert.Equal(roster, await district.RosterAsync());
        Assert.Equal(people, await PeopleAsync());
        Assert.Equal("rolledBack", await district.OneAsync(
            $"select status from roster.sync_runs where id = '{second}'"));

        var again = await ApplyAsync(2);
        Assert.Equal(Hashes(after), Hashes(await district.RosterAsync()));
        Assert.Equal(ImportStatus.RolledBack, (await RollBackAsync(again)).Status);
        Assert.Equal(roster, await district.RosterAsync());
    }

    [Fact]
    public async Task Every_kind_of_change_is_taken_back()
    {
        await district.ImportAsync(Package.Version12());
        await district.ImportAsync(Package.Version12().Without("demographics.csv", "mia")
            .Without("enrollments.csv", "e2"));
        var before = await district.RosterAsync();
        var relations = await RelationsAsync();

        // Demographics and an enrollment return, a role ends, two people and a class are changed, Sam is new.
        for (var time = 0; time < 2; time++)
        {
            var run = await district.ImportAsync(Package.Version12().Without("roles.csv", "r6")
                .Change("users.csv", "\"leo,mia\"", "mia").Change("users.csv", "1001,,,,ana", "1001,,,,")
                .Change("classes.csv", "Mathematics 3 A", "Math 3 A")
                .With("users.csv", "sam,,,true,sam,,Sam,Lee,,,,,,,,,,,,,,")
                .With("roles.csv", "r7,,,sam,primary,aide,,,lincoln,"));
            Assert.Equal(
                "classes ~1; demographics ^1; enrollments ^1; roles +1 -1; users +1 ~2", Counts.Of(run));

            Assert.Equal(ImportStatus.RolledBack, (await RollBackAsync(run.Run!.Value)).Status);
            Assert.Equal(before, await district.RosterAsync());
            Assert.Equal(relations, await RelationsAsync());
        }

        Assert.Equal("roster.user_withdrawn", await district.OneAsync($"""
            select type from es.events where stream_id = '{RosterId.Of("sis", "users", "sam")}'
             order by version desc limit 1
            """));
    }

    [Fact]
    public async Task What_a_row_says_is_what_its_newest_event_says()
    {
        // The school of one is not known, so it is at the school of its class: that is what is stored, and hashed.
        await district.ImportAsync(Package.Version12()
            .Change("enrollments.csv", "e1,,,math3a,lincoln", "e1,,,math3a,atlantis")
            .Change("enrollments.csv", "math3a,lincoln,reyes", "math3a,atlantis,reyes"));
        Assert.Equal(ImportStatus.Unchanged, (await district.ImportAsync(Package.Version12())).Status);
        var before = await district.RosterAsync();
        var run = await district.ImportAsync(Package.Version12()
            .Change("enrollments.csv", "e1,,,math3a,lincoln,leo", "e1,,,math3a,lincoln,mia")
            .Change("enrollments.csv", "reyes,teacher,true", "reyes,proctor,true"));

        Assert.Equal("enrollments ~2", Counts.Of(run));
        await RollBackAsync(run.Run!.Value);
        Assert.Equal(before, await district.RosterAsync());
    }

    [Fact]
    public async Task Only_the_newest_applied_run_is_taken_back()
    {
        var first = await district.ImportAsync(Package.Version12());
        var second = await district.ImportAsync(Package.Version12().Change("users.csv", "Mía", "Maya"));
        await district.ImportAsync(Package.Version12().Change("users.csv", "Mía", "Maya"));

        var refused = await district.Runs.RollBackAsync(TestDistrict.Id, first.Run!.Value, "cli:test", Ct);
        Assert.Equal("roster.run_not_newest", refused.Refusal?.Code);
        Assert.Contains(second.Run!.Value.ToString(), refused.Refusal!.Message, StringComparison.Ordinal);

        await RollBackAsync(second.Run.Value);
        var events = await district.OneAsync("select count(*) from es.events");
        Assert.Equal(ImportStatus.RolledBack, (await RollBackAsync(second.Run.Value)).Status);
        Assert.Equal(events, await district.OneAsync("select count(*) from es.events"));

        await RollBackAsync(first.Run.Value);
        Assert.Empty(await district.RosterAsync());
        Assert.Equal("0", await district.OneAsync("select count(*) from roster.relations"));
    }

    [Fact]
    public async Task Who_was_erased_since_stays_so()
    {
        await district.ImportAsync(Package.Version12());
        var run = await district.ImportAsync(Package.Version12()
            .Change("users.csv", "Mía", "Maya").Change("users.csv", "Maria", "Marie"));
        await district.Store.Erasure.EraseSubjectAsync(
            TestDistrict.Id, RosterId.Of("sis", "users", "mia"), "request 1", "test", Ct);

        Assert.Equal(ImportStatus.RolledBack, (await RollBackAsync(run.Run!.Value)).Status);
        Assert.Equal(["Maria", "[erased]"], await district.ListAsync(
            $"""
            select given_name from roster.people
             where id in ('{RosterId.Of("sis", "users", "mia")}', '{RosterId.Of("sis", "users", "reyes")}')
             order by given_name collate "C"
            """));
    }

    /// <summary>Takes a day of the generated district in, past what would hold it.</summary>
    private async Task<Guid> ApplyAsync(int day)
    {
        var folder = Directory.CreateTempSubdirectory("k12hub-district-");
        try
        {
            var zip = Path.Combine(folder.FullName, "district.zip");
            await OneRosterCsvWriter.WriteZipAsync(Plan with { Day = day }, "1.2", zip, Ct);
            var run = (await district.ImportAsync(zip, proposeOnly: day % 2 == 1)).Run!.Value;
            Assert.Equal(ImportStatus.Applied,
                (await district.Runs.ApplyAsync(TestDistrict.Id, run, "cli:test", Ct)).Status);
            return run;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private async Task<(ImportStatus? Status, string? Code)> RollBackAsync(Guid run)
    {
        var answer = await district.Runs.RollBackAsync(TestDistrict.Id, run, "cli:test", Ct);
        return (answer.Status, answer.Refusal?.Code);
    }

    private Task<List<string>> PeopleAsync() => district.ListAsync("""
        select concat_ws(' ', id, is_student, is_staff, is_guardian, grade, school_id, date_last_modified)
          from roster.people where ended_at is null order by 1
        """);

    private Task<List<string>> RelationsAsync() =>
        district.ListAsync("select concat_ws(' ', student_id, guardian_id, kind) from roster.relations order by 1");

    private static IEnumerable<string> Hashes(List<string> roster) => roster.Select(row => row.Split(" ended ")[0]);
}
