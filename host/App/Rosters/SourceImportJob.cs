using System.ComponentModel.DataAnnotations;
using K12Hub.Contracts;
using K12Hub.EventStore;
using K12Hub.Hosting;
using K12Hub.Roster;

namespace K12Hub.App;

/// <summary>Brings in the roster of one system of the settings, mostly by night: what changed since the last time, and
/// on one day of the week all of it.</summary>
/// <remarks>One process does it at a time; when that one dies, another begins anew after the lease. Imports of one
/// district wait for each other.</remarks>
internal sealed partial class SourceImportJob(
    RosterSources sources, RosterFolders folders, RosterSettings settings, JobsSettings jobs, AppSettings app,
    ILogger<SourceImportJob> logger) : IJob
{
    private const string Prefix = "roster.import:";
    private static readonly TimeSpan AfterBusy = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan AfterGrowing = TimeSpan.FromMinutes(2);

    public static string Name => "roster.import";

    /// <summary>What the schedule of a source is called.</summary>
    public static string ScheduleOf(string source) => Prefix + RosterSources.KeyOf(source);

    public async Task<OutboxResult> RunAsync(JobRun run, CancellationToken ct)
    {
        if (run.Schedule?.StartsWith(Prefix, StringComparison.Ordinal) is not true)
        {
            return OutboxResult.Never("roster.no_source");
        }

        var source = run.Schedule[Prefix.Length..];
        if (folders.Has(source)) return await ImportFolderAsync(run.District, source, ct);
        if (!RosterSources.IsSource(app.Configuration, source)) return OutboxResult.Never("roster.unknown_source");

        var how = new SourceImport(ProposeOnly: false, ChangesOnly: !IsFull(source, run.FireTime));
        var outcome = await sources.ImportAsync(run.District, source, how, app.DataFolder, progress: null, ct);
        return ResultOf(source, outcome, isFinal: false);
    }

    private async Task<OutboxResult> ImportFolderAsync(DistrictId district, string source, CancellationToken ct)
    {
        var (state, outcome) = await folders.ImportNewestAsync(district, source, ct);
        return state switch
        {
            FolderState.Missing => OutboxResult.Later("roster.no_folder"),
            FolderState.Growing => OutboxResult.Later("roster.file_growing", AfterGrowing),
            FolderState.Imported => ResultOf(source, outcome!, isFinal: true),
            _ => OutboxResult.Done,
        };
    }

    /// <summary>The day is that of the district: a night of Sunday there may be Monday elsewhere.</summary>
    private bool IsFull(string source, DateTimeOffset due) =>
        TimeZoneInfo.ConvertTime(due, jobs.Zone).DayOfWeek == settings.Of(source).FullOn;

    private OutboxResult ResultOf(string source, ImportOutcome outcome, bool isFinal)
    {
        switch (outcome.Status)
        {
            case ImportStatus.Applied or ImportStatus.Unchanged:
                return OutboxResult.Done;
            case ImportStatus.Held:
                LogHeld(source, outcome.Run);
                return OutboxResult.Done;
            case ImportStatus.Refused:
                return OutboxResult.Later("roster.busy", AfterBusy);
            default:
                // Systems that send half a page or an error by night often answer an hour later; a file stays as it is.
                var rule = outcome.Findings.FirstOrDefault(finding => finding.Effect is FindingEffect.RunRejected)?.Rule
                    ?? "roster.rejected";
                LogRejected(source, outcome.Run, rule);
                return isFinal ? OutboxResult.Never(rule) : OutboxResult.Later(rule);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning,
        Message = "The roster of {Source} is held for a person to look at: run {Run}.")]
    private partial void LogHeld(string source, Guid? run);

    [LoggerMessage(Level = LogLevel.Warning,
        Message = "The roster of {Source} could not be imported, {Rule}: run {Run}.")]
    private partial void LogRejected(string source, Guid? run, string rule);
}

/// <summary>Plugs the imports of the systems of the settings in.</summary>
internal static class SourceImports
{
    private const string EveryNight = "0 30 2 * * ?";
    private const string EveryQuarter = "0 0/15 * * * ?";

    /// <summary>Pulling a large district over a slow line takes hours.</summary>
    private static readonly TimeSpan limit = TimeSpan.FromHours(6);

    public static HubBuilder AddSourceImports(this HubBuilder hub)
    {
        hub.Job<SourceImportJob>(limit);
        var settings = SettingsReader.Read<RosterSettings>(hub.Configuration, "Roster");
        var (systems, folders) = (RosterSources.Names(hub.Configuration).ToList(), Folders(hub.Configuration).ToList());
        hub.Services.AddSingleton(new RosterSourceNames([.. systems.Concat(folders).Select(RosterSources.KeyOf)]));
        foreach (var source in systems) Schedule(hub, source, settings.Of(source).Schedule ?? EveryNight);
        foreach (var source in folders) Schedule(hub, source, settings.Of(source).Schedule ?? EveryQuarter);
        return hub;
    }

    private static IEnumerable<string> Folders(IConfiguration configuration) =>
        configuration.GetSection("OneRoster:Folders").GetChildren().Select(folder => folder.Key);

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
