using K12Hub.EventStore;
using K12Hub.Hosting;
using Microsoft.Extensions.Logging;

namespace K12Hub.Roster;

/// <summary>Looks every few minutes whether something is wrong with a source that was not, or no longer. What is wrong
/// is told once, however long it lasts.</summary>
internal sealed class AlertWatch(
    DocumentStore store, SourceStates sources, RosterSourceNames names, TimeProvider time) : IJob
{
    /// <summary>What somebody is told with.</summary>
    public const string Message = "roster.alert";

    // The table itself: a row knows which version of its alert it is of.
    private const string FindActive =
        $"""
        select id, kind, source, stream_version from {RosterTables.AlertRows}
         where tenant_id = $1 and ended_at is null
        """;

    /// <summary>Imports that were given up and not handled since, by source.</summary>
    private const string FindGivenUp =
        """
        select coalesce(payload ->> 'source', split_part(payload ->> 'id', ':', 2)), max(dead_at)
          from es.outbox
         where tenant_id = $1 and dead_at is not null and done_at is null and kind = any($2)
         group by 1
        """;

    private static readonly string[] ImportKinds =
        [ScheduledJob.KindOf("roster.import"), RosterUploads.Asked, RosterUploads.Sent];

    public static string Name => "roster.alerts";

    /// <summary>Something that is wrong: of one kind there is one of a source at most.</summary>
    private sealed record Condition(string Kind, string Source, Guid? Run);

    public async Task<OutboxResult> RunAsync(JobRun run, CancellationToken ct)
    {
        var (now, found) = (time.GetUtcNow(), await FindAsync(run.District, ct));
        var active = await ActiveAsync(run.District, ct);
        await using var session = store.LightweightSession(run.District);
        foreach (var (id, kind, source, version) in active)
        {
            if (!found.Any(one => one.Kind == kind && one.Source == source))
                session.Events.Append<Alert>(id, version, new AlertEvent.Ended(now));
        }

        foreach (var one in found.Where(one => !active.Any(a => a.Kind == one.Kind && a.Source == one.Source)))
        {
            var id = Guid.CreateVersion7(now);
            session.Events.StartStream<Alert>(id, new AlertEvent.Raised(one.Kind, one.Source, one.Run, now));
            session.Outbox.Publish(Message, id.ToString(), new RosterAlert(id, one.Kind, one.Source, one.Run));
        }

        await session.SaveChangesAsync(ct);
        return OutboxResult.Done;
    }

    private async Task<List<Condition>> FindAsync(DistrictId district, CancellationToken ct)
    {
        var givenUp = await GivenUpAsync(district, ct);
        var found = new List<Condition>();
        foreach (var source in await sources.FindAsync(district, ct))
        {
            // Who never sent anything good may be new; and who is in no setting sends when somebody feels like it.
            if (source is { IsStale: true, AsOf: not null } && names.Names.Contains(source.Name))
                found.Add(new(AlertKind.SourceStale, source.Name, source.LastRunId));
            if (source.HeldRunId is { } held) found.Add(new(AlertKind.RunHeld, source.Name, held));
            if (givenUp.TryGetValue(source.Name, out var when) && !(source.AsOf > when))
                found.Add(new(AlertKind.ImportGivenUp, source.Name, source.LastRunId));
        }

        return found;
    }

    private async Task<List<(Guid Id, string Kind, string Source, int Version)>> ActiveAsync(
        DistrictId district, CancellationToken ct)
    {
        await using var batch = DistrictBatch.For(store, district).With(FindActive, district.Value);
        await using var rows = await batch.ReadAsync(ct);
        var active = new List<(Guid, string, string, int)>();
        while (await rows.ReadAsync(ct))
        {
            active.Add((rows.GetGuid(0), rows.GetString(1), rows.GetString(2), rows.GetInt32(3)));
        }

        return active;
    }

    private async Task<Dictionary<string, DateTimeOffset>> GivenUpAsync(DistrictId district, CancellationToken ct)
    {
        await using var batch = DistrictBatch.For(store, district).With(FindGivenUp, district.Value, ImportKinds);
        await using var rows = await batch.ReadAsync(ct);
        var found = new Dictionary<string, DateTimeOffset>(StringComparer.Ordinal);
        while (await rows.ReadAsync(ct)) found[rows.GetString(0)] = rows.GetFieldValue<DateTimeOffset>(1);
        return found;
    }
}

/// <summary>What somebody is told: ids and words, nothing of a person.</summary>
/// <param name="Id">The alert.</param>
/// <param name="Kind">What is wrong, in the words of <c>alerts</c>.</param>
/// <param name="Source">Key of the source.</param>
/// <param name="Run">The run it is about; null for none.</param>
internal sealed record RosterAlert(Guid Id, string Kind, string Source, Guid? Run);

/// <summary>Tells whoever reads the log. Mail and others are further handlers of the same message.</summary>
internal sealed partial class AlertLog(ILogger<AlertLog> logger) : IOutboxHandler<RosterAlert>
{
    public Task<OutboxResult> SendAsync(RosterAlert message, OutboxDelivery delivery, CancellationToken ct)
    {
        LogAlert(message.Kind, message.Source, message.Run, message.Id);
        return Task.FromResult(OutboxResult.Done);
    }

    [LoggerMessage(Level = LogLevel.Warning,
        Message = "Alert {Kind} for the roster of {Source}, run {Run}: {Alert}. It is told once.")]
    private partial void LogAlert(string kind, string source, Guid? run, Guid alert);
}
