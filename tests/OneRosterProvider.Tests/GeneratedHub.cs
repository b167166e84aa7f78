using System.IO.Compression;
using K12Hub.District;

namespace K12Hub.OneRosterProvider.Tests;

/// <summary>A hub with a generated district on its thirtieth day, shared by the tests of a class.</summary>
public sealed class GeneratedHub : IAsyncLifetime
{
    internal ProviderHub Hub { get; private set; } = null!;

    internal HttpClient Client { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Hub = await ProviderHub.StartAsync(("OneRoster:Provider:RequestsPerMinute", "100000"));
        foreach (var day in (int[])[0, 30]) await ImportAsync(Hub, new DistrictPlan(150) { Day = day });
        Client = await Hub.ClientAsync();
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Hub.DisposeAsync();
    }

    /// <summary>Takes a day of a district in, with its semesters as terms and its quarters as grading
    /// periods.</summary>
    internal static async Task ImportAsync(ProviderHub hub, DistrictPlan plan, string version = "1.2")
    {
        var folder = Directory.CreateTempSubdirectory("k12hub-provided-");
        var zip = Path.Combine(folder.FullName, "district.zip");
        await OneRosterCsvWriter.WriteZipAsync(plan, version, zip, ProviderHub.Ct);
        await ZipFile.ExtractToDirectoryAsync(zip, folder.FullName, ProviderHub.Ct);
        var sessions = Path.Combine(folder.FullName, "academicSessions.csv");
        var text = await File.ReadAllTextAsync(sessions, ProviderHub.Ct);
        text = text.Replace(",term,", ",gradingPeriod,", StringComparison.Ordinal)
            .Replace(",semester,", ",term,", StringComparison.Ordinal);
        await File.WriteAllTextAsync(sessions, text, ProviderHub.Ct);
        await hub.ImportAsync(folder.FullName);
        folder.Delete(recursive: true);
    }
}
