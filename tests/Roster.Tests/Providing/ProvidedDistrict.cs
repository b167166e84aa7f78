using System.IO.Compression;
using K12Hub.Contracts;
using K12Hub.District;
using K12Hub.Hosting;

namespace K12Hub.Roster.Tests.Providing;

/// <summary>A generated district on its second day, so that some of it has ended, with its reader.</summary>
public sealed class ProvidedDistrict : IAsyncLifetime
{
    private readonly Dictionary<RosterList, List<RosterRecord>> all = [];

    internal TestDistrict District { get; private set; } = null!;

    internal IRosterReader Reader { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        District = await TestDistrict.CreateAsync();
        District.Limits = TestDistrict.NoGrace;
        foreach (var day in (int[])[0, 30]) await ImportAsync(new DistrictPlan(150) { Day = day });
        Reader = ReaderOf(District);
    }

    public ValueTask DisposeAsync() => District.DisposeAsync();

    internal static IRosterReader ReaderOf(TestDistrict district) => new RosterReader(
        district.Store,
        new() { Viewer = Viewer.Of(Viewer.Principal("test", TestDistrict.Id, [])) },
        new(district.Store), TimeProvider.System);

    /// <summary>All records of a list, read once.</summary>
    internal async Task<List<RosterRecord>> AllAsync(RosterList list)
    {
        if (all.TryGetValue(list, out var known)) return known;

        return all[list] = await WalkAsync(new(ImportOptions.MainSource, list) { Limit = 10_000 });
    }

    /// <summary>All records of a list, page by page, each page going on where the one before ended.</summary>
    internal async Task<List<RosterRecord>> WalkAsync(RosterQuestion question)
    {
        var all = new List<RosterRecord>();
        while (true)
        {
            await using var page = await Reader.OpenAsync(question, TestContext.Current.CancellationToken);
            await foreach (var record in page!.Records(TestContext.Current.CancellationToken)) all.Add(record);
            if (all.Count >= page.Total || page.Mark is null) return all;

            question = question with { After = page.Mark, Offset = all.Count };
        }
    }

    private async Task ImportAsync(DistrictPlan plan)
    {
        var folder = Directory.CreateTempSubdirectory("k12hub-provided-");
        var zip = Path.Combine(folder.FullName, "district.zip");
        await OneRosterCsvWriter.WriteZipAsync(plan, "1.2", zip, TestContext.Current.CancellationToken);
        await ZipFile.ExtractToDirectoryAsync(zip, folder.FullName, TestContext.Current.CancellationToken);
        await AddGradingPeriodsAsync(Path.Combine(folder.FullName, "academicSessions.csv"));
        var outcome = await District.ImportAsync(folder.FullName);
        if (outcome is { Status: ImportStatus.Held, Run: { } run })
            await District.Runs.ApplyAsync(TestDistrict.Id, run, null, TestContext.Current.CancellationToken);
        folder.Delete(recursive: true);
    }

    /// <summary>The generator calls semesters and their quarters otherwise, and has classes in semesters.</summary>
    private static async Task AddGradingPeriodsAsync(string sessions)
    {
        var text = await File.ReadAllTextAsync(sessions, TestContext.Current.CancellationToken);
        text = text.Replace(",term,", ",gradingPeriod,", StringComparison.Ordinal)
            .Replace(",semester,", ",term,", StringComparison.Ordinal);
        await File.WriteAllTextAsync(sessions, text, TestContext.Current.CancellationToken);
    }
}
