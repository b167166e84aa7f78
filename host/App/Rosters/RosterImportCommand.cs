using K12Hub.Contracts;
using K12Hub.EventStore;
using K12Hub.Hosting;
using K12Hub.OneRoster;
using K12Hub.Roster;

namespace K12Hub.App;

/// <summary><c>K12Hub roster import</c> and <c>propose</c>: works beside a running server, or without one.</summary>
internal static class RosterImportCommand
{
    public static async Task<int> RunAsync(
        AppSettings settings, string package, SourceImport how, PackageImport from, bool json, CancellationToken ct)
    {
        var isSource = RosterSources.IsSource(settings.Configuration, package);
        var isThere = File.Exists(package) || Directory.Exists(package);
        var isFolder = !isThere && RosterFolders.Names(settings.Configuration)
            .Contains(package, StringComparer.OrdinalIgnoreCase);
        if (!isSource && !isFolder && !isThere) return await NotThereAsync(settings, package, json, ct);
        if (!isSource && how.ChangesOnly)
        {
            await Console.Error.WriteLineAsync("--changes is for systems of the settings: a package says so itself.");
            return ExitCodes.BadInput;
        }

        await using var database = Database.Open(settings, Console.Error.WriteLine, ct);
        await using var services = Services(settings, await database.AddressAsync(ct));
        await services.GetRequiredService<DocumentStore>().ApplySchemaAsync(ct);
        var outcome = json ? await ImportAsync(null) : await ImportScreen.ShowAsync(ImportAsync);
        return Told(outcome, how.ProposeOnly, json);

        Task<ImportOutcome> ImportAsync(IProgress<ImportProgress>? progress) => isFolder
            ? services.GetRequiredService<RosterFolders>()
                .AskedAsync(Door.District, package, new(ProposeOnly: how.ProposeOnly, Again: from.Again), ct)
            : isSource ? services.GetRequiredService<RosterSources>()
                .ImportAsync(Door.District, package, how, settings.DataFolder, progress, ct)
            : services.GetRequiredService<RosterPackages>().ImportAsync(
                Door.District, package, from, progress, ct);
    }

    /// <summary><c>K12Hub roster supplement</c>.</summary>
    public static async Task<int> SupplementAsync(
        AppSettings settings, string path, string source, bool proposeOnly, bool json, CancellationToken ct)
    {
        var file = new FileInfo(path);
        if (!file.Exists)
        {
            await Console.Error.WriteLineAsync($"'{path}' is not there. Give a CSV file.");
            return ExitCodes.BadInput;
        }

        await using var database = Database.Open(settings, Console.Error.WriteLine, ct);
        await using var services = Services(settings, await database.AddressAsync(ct));
        await services.GetRequiredService<DocumentStore>().ApplySchemaAsync(ct);
        var outcome = await services.GetRequiredService<RosterSupplements>().ImportAsync(
            Door.District, source, new(file.Name, file.Length, file.OpenRead), proposeOnly, StoreVerb.Actor, ct);
        return Told(outcome, proposeOnly, json);
    }

    private static int Told(ImportOutcome outcome, bool proposeOnly, bool json)
    {
        if (json)
        {
            Console.WriteLine(outcome.ToJson());
        }
        else
        {
            ImportScreen.Print(outcome);
        }

        return ExitCode(outcome.Status, proposeOnly);
    }

    /// <summary>Says so without starting anything, and records nothing: nobody sent this.</summary>
    private static async Task<int> NotThereAsync(
        AppSettings settings, string package, bool json, CancellationToken ct)
    {
        var names = string.Join(
            ", ", RosterSources.Names(settings.Configuration).Concat(RosterFolders.Names(settings.Configuration)));
        await Console.Error.WriteLineAsync(
            $"'{package}' is not there. Give the zip of all OneRoster files, or the folder they are in"
            + (names.Length == 0 ? "." : $", or a system or folder of the settings: {names}."));
        if (json)
        {
            var opening = await OneRosterCsv.OpenAsync(package, new(), new CollectedFindings(), ct);
            Console.WriteLine(ImportOutcome.NotBegun([.. opening.Rejections]).ToJson());
        }

        return ExitCodes.BadInput;
    }

    private static int ExitCode(ImportStatus status, bool proposeOnly) => status switch
    {
        ImportStatus.Applied or ImportStatus.Unchanged => ExitCodes.Done,
        ImportStatus.Held when proposeOnly => ExitCodes.Done,
        ImportStatus.Held or ImportStatus.Refused => ExitCodes.Refused,
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
