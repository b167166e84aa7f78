using K12Hub.District;
using K12Hub.Testing;

namespace K12Hub.Roster.Tests.History;

/// <summary>The ledger of a generated district is what the generator moved, however the log is followed.</summary>
public sealed class ThirtyNightsLedgerTests : IAsyncLifetime
{
    private const int Nights = 30;
    private const string Current =
        $"""select l from ({History.Nights.Ledger}) x(l) where l not like '(%' order by l collate "C" """;


    // Large enough for two neighbourhoods, between which families move.
    private static readonly DistrictPlan Plan = new(Students: 2_000, Seed: 45);
    private static readonly DistrictPlan Small = new(Students: 300, Seed: 45);
    private static readonly DateOnly FirstDay = new(2026, 8, 17);
    private static readonly string[] Everything =
    [
        "select s::text from roster.spans s order by 1", "select r::text from roster.history_runs r order by 1",
        "select m::text from roster.movements m order by 1",
    ];

    private readonly ManualTime time = new(new(2026, 8, 16, 9, 0, 0, TimeSpan.Zero));
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("k12hub-ledger-");
    private TestDistrict district = null!;

    public async ValueTask InitializeAsync()
    {
        district = await TestDistrict.CreateAsync(time);
        district.Limits = new()
        {
            GraceDays = 0, HoldAboveSchoolPercent = 100, HoldAboveKindPercent = 100, HoldAboveSchoolEndings = 1_000,
        };
    }

    public async ValueTask DisposeAsync()
    {
        await district.DisposeAsync();
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task It_is_what_the_generator_moved_and_a_night_that_is_taken_back_has_moved_nobody()
    {
        ImportOutcome last = null!;
        var lastNight = 0;
        for (var night = 0; night <= Nights; night++)
        {
            var run = await ImportAsync(Plan, night);
            if (run.Status is ImportStatus.Applied) (last, lastNight) = (run, night);
        }

        await district.ProjectAsync();
        var moved = Moved(Plan, Nights);
        Assert.True(moved.Select(line => line.Split(' ')[1]).Distinct().Count() >= 4, string.Join('\n', moved));
        Assert.Equal(moved, await district.ListAsync(Current));

        await district.Runs.RollBackAsync(
            TestDistrict.Id, last.Run!.Value, null, TestContext.Current.CancellationToken);
        await district.ProjectAsync();
        Assert.Equal(Moved(Plan, lastNight - 1), await district.ListAsync(Current));

        var before = await EverythingAsync();
        await district.Store.RebuildProjectionAsync("roster.history", null, TestContext.Current.CancellationToken);
        Assert.Equal(before, await EverythingAsync());
    }

    [Fact]
    public async Task In_small_pages_that_are_broken_off_again_and_again_it_is_the_same()
    {
        var ct = TestContext.Current.CancellationToken;
        for (var night = 0; night <= 6; night++) await ImportAsync(Small, night);
        for (var attempt = 0; attempt < 5; attempt++)
        {
            await using var store = district.Open(options => options.Projections.PageSize = 300 + attempt);
            store.Daemon.StartAll();
            await HasMovedAsync(store, attempt);
            await store.Daemon.StopAllAsync();
        }

        await district.ProjectAsync();
        var before = await EverythingAsync();
        await district.Store.RebuildProjectionAsync("roster.history", null, ct);
        Assert.Equal(before, await EverythingAsync());
        Assert.Equal(Moved(Small, 6), await district.ListAsync(Current));
    }

    /// <summary>Waits until a page more has been followed.</summary>
    private static async Task HasMovedAsync(EventStore.DocumentStore store, int pages)
    {
        var at = (pages + 1) * 500L;
        var settled = await store.Feed.SettledAsync(TestDistrict.Id, TestContext.Current.CancellationToken);
        await store.WaitForNonStaleDataAsync(
            TestDistrict.Id, Math.Min(at, settled), TimeSpan.FromMinutes(2), TestContext.Current.CancellationToken);
    }

    private async Task<List<string>> EverythingAsync()
    {
        var all = new List<string>();
        foreach (var table in Everything) all.AddRange(await district.ListAsync(table));
        return all;
    }

    private async Task<ImportOutcome> ImportAsync(DistrictPlan plan, int night)
    {
        time.Advance(TimeSpan.FromHours(24));
        var zip = Path.Combine(folder.FullName, "district.zip");
        await OneRosterCsvWriter.WriteZipAsync(
            plan with { Day = night }, "1.2", zip, TestContext.Current.CancellationToken);
        return await district.ImportAsync(zip);
    }

    /// <summary>The ledger as the generator's own days tell it.</summary>
    private static List<string> Moved(DistrictPlan plan, int nights)
    {
        var (all, gone, before) = (new List<string>(), new HashSet<string>(), SchoolsOn(plan, 0));
        for (var night = 1; night <= nights; night++)
        {
            var (today, day) = (SchoolsOn(plan, night), FirstDay.AddDays(night));
            foreach (var (student, school) in today)
            {
                if (!before.TryGetValue(student, out var left))
                {
                    all.Add($"{student} {(gone.Contains(student) ? "return" : "entry")} {day:O} > {school}");
                }
                else if (left != school)
                {
                    all.Add($"{student} transfer {day:O} {left} > > {school}");
                }
            }

            foreach (var (student, school) in before.Where(pair => !today.ContainsKey(pair.Key)))
            {
                gone.Add(student);
                all.Add($"{student} {(night < 10 ? "noShow" : "exit")} {day:O} {school} >");
            }

            before = today;
        }

        return [.. all.Order(StringComparer.Ordinal)];
    }

    private static Dictionary<string, string> SchoolsOn(DistrictPlan plan, int day) => GeneratedDistrict
        .From(plan with { Day = day }).People.Where(person => person.Roles[0].Role == "student")
        .ToDictionary(person => person.Id, person => person.Roles[0].OrgId);
}
