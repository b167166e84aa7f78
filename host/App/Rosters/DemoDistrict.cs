using System.Globalization;
using K12Hub.District;
using K12Hub.EventStore;
using K12Hub.Roster;

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

        await ActivatorUtilities.CreateInstance<DemoDirectory>(services).MakeAsync(new(students), ct);
    }

    private static async Task<bool> SomethingHappenedAsync(DocumentStore store, CancellationToken ct)
    {
        await using var command = store.OwnerDataSource.CreateCommand("select exists (select from es.districts())");
        return await command.ExecuteScalarAsync(ct) is true;
    }
}
