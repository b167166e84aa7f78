using K12Hub.Contracts;
using K12Hub.EventStore;
using K12Hub.Hosting;
using K12Hub.OneRoster;
using K12Hub.Roster;

namespace K12Hub.App;

/// <summary><c>K12Hub roster import</c>: works beside a running server, or without one.</summary>
internal static class RosterImportCommand
{
    public static async Task<int> RunAsync(
        AppSettings settings, string package, bool force, bool json, CancellationToken ct)
    {
        if (!File.Exists(package) && !Directory.Exists(package)) return await NotThereAsync(package, json, ct);

        await using var database = Database.Open(settings, Console.Error.WriteLine, ct);
        await using var services = Services(settings, await database.AddressAsync(ct));
        await services.GetRequiredService<DocumentStore>().ApplySchemaAsync(ct);
        var packages = services.GetRequiredService<RosterPackages>();
        var outcome = json
            ? await packages.ImportAsync(package, force, null, ct)
            : await ImportScreen.ShowAsync(progress => packages.ImportAsync(package, force, progress, ct));

        if (json)
        {
            Console.WriteLine(outcome.ToJson());
        }
        else
        {
            ImportScreen.Print(outcome);
        }

        return ExitCode(outcome.Status);
    }

    /// <summary>Says so without starting anything, and records nothing: nobody sent this.</summary>
    private static async Task<int> NotThereAsync(string package, bool json, CancellationToken ct)
    {
        await Console.Error.WriteLineAsync(
            $"'{package}' is not there. Give the zip of all OneRoster files, or the folder they are in.");
        if (json)
        {
            var opening = await OneRosterCsv.OpenAsync(package, new(), new CollectedFindings(), ct);
            Console.WriteLine(ImportOutcome.NotBegun([.. opening.Rejections]).ToJson());
        }

        return ExitCodes.BadInput;
    }

    private static int ExitCode(ImportStatus status) => status switch
    {
        ImportStatus.Applied or ImportStatus.Unchanged => ExitCodes.Done,
        ImportStatus.Refused => ExitCodes.Refused,
        _ => ExitCodes.BadInput,
    };

    private static ServiceProvider Services(AppSettings settings, HubDatabase address)
    {
        var services = new ServiceCollection();
        var hub = new HubBuilder(services, settings.Configuration).AddModules();
        hub.KeepKeysIn(settings.DataFolder);
        hub.Register(_ => address);
        services.AddSingleton(TimeProvider.System);
        return services.BuildServiceProvider();
    }
}
