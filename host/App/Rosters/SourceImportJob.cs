using K12Hub.Contracts;
using K12Hub.EventStore;
using K12Hub.Hosting;
using K12Hub.Roster;

namespace K12Hub.App;

/// <summary>Brings in the roster of one system of the settings, mostly by night: what changed since the last time, and
/// on one day of the week all of it.</summary>
internal sealed class SourceImportJob(SourceImports imports, RosterSettings settings, JobsSettings jobs) : IJob
{
    private const string Prefix = "roster.import:";

    public static string Name => "roster.import";

    /// <summary>What the schedule of a source is called.</summary>
    public static string ScheduleOf(string source) => Prefix + RosterSources.KeyOf(source);

    public Task<OutboxResult> RunAsync(JobRun run, CancellationToken ct)
    {
        if (run.Schedule?.StartsWith(Prefix, StringComparison.Ordinal) is not true)
        {
            return Task.FromResult(OutboxResult.Never("roster.no_source"));
        }

        var source = run.Schedule[Prefix.Length..];
        return imports.ImportAsync(run.District, source, new(ProposeOnly: false, !IsFull(source, run.FireTime)), ct);
    }

    /// <summary>The day is that of the district: a night of Sunday there may be Monday elsewhere.</summary>
    private bool IsFull(string source, DateTimeOffset due) =>
        TimeZoneInfo.ConvertTime(due, jobs.Zone).DayOfWeek == settings.Of(source).FullOn;
}

/// <summary>The same when a person asks for it.</summary>
internal sealed class AskedSourceImport(SourceImports imports) : IOutboxHandler<RosterSourceAsked>
{
    public Task<OutboxResult> SendAsync(RosterSourceAsked message, OutboxDelivery delivery, CancellationToken ct) =>
        imports.ImportAsync(
            delivery.Tenant, message.Source, new(false, message.ChangesOnly, message.Actor), ct, isWaitedFor: true);
}

/// <summary>Brings in the package that a person sent, and throws it away.</summary>
internal sealed class SentPackageImport(
    RosterImport import, RosterPackages packages, RosterUploadFolder folder, SourceImports imports)
    : IOutboxHandler<RosterPackageSent>
{
    private static readonly TimeSpan AfterElsewhere = TimeSpan.FromSeconds(20);

    public async Task<OutboxResult> SendAsync(RosterPackageSent message, OutboxDelivery delivery, CancellationToken ct)
    {
        var path = folder.PathOf(message);
        // Another node has it where they do not share the folder; sooner or later that one comes first.
        if (!File.Exists(path)) return OutboxResult.Later("roster.upload_elsewhere", AfterElsewhere);

        var outcome = await imports.InTurnAsync(() => ImportAsync(message, path, delivery.Tenant, ct), ct);
        if (outcome.Run is not null) Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);
        return imports.ResultOf(message.Source, outcome, isFinal: true);
    }

    private async Task<ImportOutcome> ImportAsync(
        RosterPackageSent sent, string path, DistrictId district, CancellationToken ct)
    {
        await using var turn = await import.TryTakeTurnAsync(district, sent.Source, ct);
        if (turn is null) return RosterImport.NotYourTurn();

        var how = new PackageImport(sent.Source, sent.ProposeOnly, sent.Again, sent.Checksum, sent.Actor);
        return await packages.ImportAsync(district, path, how, null, ct);
    }
}

/// <summary>Brings sources of the settings in, in the background.</summary>
/// <remarks>One process does it at a time; when that one dies, another begins anew after the lease. Imports of one
/// district wait for each other.</remarks>
internal sealed partial class SourceImports(
    RosterSources sources, RosterFolders folders, RosterSettings settings, JobsSettings jobs, AppSettings app,
    TimeProvider time, ILogger<SourceImports> logger)
{
    private const string Busy = "run.busy", Closed = "roster.outside_window";

    /// <summary>How long who is waited for waits for another import, and how often it looks.</summary>
    private static readonly TimeSpan patience = TimeSpan.FromMinutes(4), look = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan AfterBusy = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan AfterGrowing = TimeSpan.FromMinutes(2);

    /// <summary>Imports one.</summary>
    /// <param name="district">Whose roster it is.</param>
    /// <param name="source">The source.</param>
    /// <param name="how">How to bring it in.</param>
    /// <param name="ct">Stops it.</param>
    /// <param name="isWaitedFor">Whether a person waits: then it follows close on an import that goes on now.</param>
    public async Task<OutboxResult> ImportAsync(
        DistrictId district, string source, SourceImport how, CancellationToken ct, bool isWaitedFor = false)
    {
        if (folders.Has(source)) return await ImportFolderAsync(district, source, how, ct);
        if (!RosterSources.IsSource(app.Configuration, source)) return OutboxResult.Never("roster.unknown_source");

        var window = AskWindow.Of(settings.Of(source), jobs.Zone);
        var left = window?.OpenFor(time.GetUtcNow()) ?? Timeout.InfiniteTimeSpan;
        if (window is not null && left == Timeout.InfiniteTimeSpan)
            return OutboxResult.Later(Closed, window.OpensIn(time.GetUtcNow()));

        using var closing = new CancellationTokenSource(left, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, closing.Token);
        try
        {
            var outcome = isWaitedFor ? await InTurnAsync(ImportAsync, either.Token) : await ImportAsync();
            return ResultOf(source, outcome, isFinal: false);
        }
        catch (OperationCanceledException) when (closing.IsCancellationRequested && !ct.IsCancellationRequested)
        {
            return OutboxResult.Later(Closed, window!.OpensIn(time.GetUtcNow()));
        }

        Task<ImportOutcome> ImportAsync() =>
            sources.ImportAsync(district, source, how, app.DataFolder, progress: null, either.Token);
    }

    /// <summary>Imports when others have ended; after some minutes of waiting it is told to come back.</summary>
    public async Task<ImportOutcome> InTurnAsync(Func<Task<ImportOutcome>> import, CancellationToken ct)
    {
        for (var until = time.GetUtcNow() + patience; ;)
        {
            var outcome = await import();
            if (outcome.Run is not null || outcome.Findings.All(finding => finding.Rule != Busy)
                || time.GetUtcNow() >= until)
            {
                return outcome;
            }

            await Task.Delay(look, time, ct);
        }
    }

    /// <summary>What becomes of the message that asked for an import.</summary>
    /// <param name="source">The source.</param>
    /// <param name="outcome">What came of the import.</param>
    /// <param name="isFinal">Whether asking again would bring the same.</param>
    public OutboxResult ResultOf(string source, ImportOutcome outcome, bool isFinal)
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

    private async Task<OutboxResult> ImportFolderAsync(
        DistrictId district, string source, SourceImport how, CancellationToken ct)
    {
        var (state, outcome) = await folders.ImportNewestAsync(
            district, source, new(source, Actor: how.Actor), ct);
        return state switch
        {
            FolderState.Missing => OutboxResult.Later("roster.no_folder"),
            FolderState.Growing => OutboxResult.Later("roster.file_growing", AfterGrowing),
            FolderState.Imported => ResultOf(source, outcome!, isFinal: true),
            _ => OutboxResult.Done,
        };
    }

    [LoggerMessage(Level = LogLevel.Warning,
        Message = "The roster of {Source} is held for a person to look at: run {Run}.")]
    private partial void LogHeld(string source, Guid? run);

    [LoggerMessage(Level = LogLevel.Warning,
        Message = "The roster of {Source} could not be imported, {Rule}: run {Run}.")]
    private partial void LogRejected(string source, Guid? run, string rule);
}
