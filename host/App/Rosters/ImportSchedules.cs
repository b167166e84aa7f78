using System.ComponentModel.DataAnnotations;
using K12Hub.Hosting;
using K12Hub.Roster;

namespace K12Hub.App;

/// <summary>Plugs the imports of the systems of the settings in.</summary>
internal static class ImportSchedules
{
    private const string EveryNight = "0 30 2 * * ?";
    private const string EveryQuarter = "0 0/15 * * * ?";

    /// <summary>Pulling a large district over a slow line takes hours.</summary>
    private static readonly TimeSpan limit = TimeSpan.FromHours(6);

    public static HubBuilder AddSourceImports(this HubBuilder hub)
    {
        hub.Job<SourceImportJob>(limit)
            .Outbox<RosterSourceAsked, AskedSourceImport>("roster.import_source", limit)
            .Outbox<RosterPackageSent, SentPackageImport>("roster.import_package", limit);
        hub.Services.AddSingleton<SourceImports>();
        var data = Path.GetFullPath(hub.Configuration["Data:Folder"] ?? ".k12hub");
        hub.Services.AddSingleton(new RosterUploadFolder(Path.Combine(data, "uploads")));
        var settings = SettingsReader.Read<RosterSettings>(hub.Configuration, "Roster");
        var systems = RosterSources.Names(hub.Configuration).ToList();
        var folders = RosterFolders.Names(hub.Configuration).ToList();
        hub.Services.AddSingleton(new RosterSourceNames([.. systems.Concat(folders).Select(RosterSources.KeyOf)]));
        foreach (var source in systems) Schedule(hub, source, settings.Of(source).Schedule ?? EveryNight);
        foreach (var source in folders) Schedule(hub, source, settings.Of(source).Schedule ?? EveryQuarter);
        return hub;
    }

    private static void Schedule(HubBuilder hub, string source, string cron)
    {
        if (cron.Length == 0) return;

        try
        {
            hub.Schedule<SourceImportJob>(SourceImportJob.ScheduleOf(source), cron);
        }
        catch (FormatException unreadable)
        {
            throw new ValidationException(
                $"Setting Roster: Source {source}: Schedule: {unreadable.Message}", unreadable);
        }
    }
}
