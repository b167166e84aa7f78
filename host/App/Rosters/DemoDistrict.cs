using System.Globalization;
using K12Hub.District;
using K12Hub.EventStore;
using K12Hub.Roster;
using K12Hub.StaffDirectory;

namespace K12Hub.App;

/// <summary>A made-up district for whoever looks at K12Hub for the first time. It comes in as real ones do: as a
/// OneRoster package, through the connector.</summary>
internal static class DemoDistrict
{
    private const string Version = "1.2";

    /// <summary>Makes it in a database in which nothing ever happened; else does nothing.</summary>
    public static async Task MakeAsync(
        IServiceProvider services, int students, Action<string> say, CancellationToken ct)
    {
        var store = services.GetRequiredService<DocumentStore>();
        if (students == 0 || await SomethingHappenedAsync(store, ct))
        {
            return;
        }

        say(string.Create(CultureInfo.InvariantCulture, $"Making a demo district of {students:N0} students …"));
        var folder = Directory.CreateTempSubdirectory("k12hub-demo-");
        try
        {
            var package = Path.Combine(folder.FullName, "demo-district.zip");
            await OneRosterCsvWriter.WriteZipAsync(new DistrictPlan(students), Version, package, ct);
            var packages = services.GetRequiredService<RosterPackages>();
            var outcome = await packages.ImportAsync(Door.District, package, new(), null, ct);
            if (outcome.Status is not ImportStatus.Applied)
            {
                throw new InvalidOperationException($"The demo district was {outcome.Status}: {outcome.ToJson()}");
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }

        await DescribeAreasAsync(services.GetRequiredService<AreaBook>(), ct);
    }

    /// <summary>Says what districts help with, in the words of families.</summary>
    private static async Task DescribeAreasAsync(AreaBook areas, CancellationToken ct)
    {
        foreach (var area in HelpAreas.All)
        {
            var (_, refusal) = await areas.DescribeAsync(
                Door.District, area.Key, new(area.Language, area.Name, area.Description, area.Phrases), "demo", ct);
            if (refusal is not null) throw new InvalidOperationException($"{area.Key}: {refusal.Message}");
        }
    }

    private static async Task<bool> SomethingHappenedAsync(DocumentStore store, CancellationToken ct)
    {
        await using var command = store.OwnerDataSource.CreateCommand("select exists (select from es.districts())");
        return await command.ExecuteScalarAsync(ct) is true;
    }
}
