using K12Hub.EventStore;
using Microsoft.Extensions.Logging;

namespace K12Hub.Hosting;

/// <summary>Notes the end of the chain outside the database, and makes room for coming months.</summary>
internal sealed class AuditAnchoring(DocumentStore store, IEnumerable<AuditAnchors> anchors, TimeProvider time) : IJob
{
    public static string Name => "audit.anchor";

    public async Task<OutboxResult> RunAsync(JobRun run, CancellationToken ct)
    {
        await store.Audit.PrepareMonthsAsync(ct).ConfigureAwait(false);
        if (await store.Audit.FindEndAsync(run.District, ct).ConfigureAwait(false) is not { } end)
        {
            return OutboxResult.Done;
        }

        foreach (var place in anchors) await place.AddAsync(end, time.GetUtcNow(), ct).ConfigureAwait(false);
        return OutboxResult.Done;
    }
}

/// <summary>Looks for viewers who see more students within an hour than their work needs, and says so once an
/// hour.</summary>
internal sealed partial class AccessAlarm(
    DocumentStore store, AuditSettings settings, TimeProvider time, ILogger<AccessAlarm> log) : IJob
{
    public const string Action = "alarm.students";

    // Files that viewers take away count. Clients of the provider are there to read everybody, and who tells of a
    // disclosure sees nobody for that.
    private const string Look =
        """
        with seen as (
          select distinct r.actor, r.people
            from es.audit_records r
           where r.tenant_id = $1 and r.kind <> 'security' and r.via <> 'provider' and r.action <> 'disclosed'
             and r.actor is not null
             and r.recorded_at > $2 and r.recorded_at <= $3
             and not exists (select from es.audit_records a
                              where a.tenant_id = $1 and a.action = 'alarm.students' and a.actor = r.actor
                                and a.recorded_at > $2))
        select s.actor, count(distinct m.id)::int
          from seen s join es.audit_people p on p.tenant_id = $1 and p.id = s.people
               cross join lateral unnest(p.students) m (id)
         group by s.actor having count(distinct m.id) > $4
        """;

    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    public static string Name => "audit.alarm";

    public async Task<OutboxResult> RunAsync(JobRun run, CancellationToken ct)
    {
        if (settings.AlarmStudentsPerHour == 0) return OutboxResult.Done;

        var now = time.GetUtcNow();
        foreach (var (actor, students) in await FindAsync(run.District, now, ct).ConfigureAwait(false))
        {
            await store.Audit.WriteAsync(
                run.District,
                new(AuditKind.Security, Action, "job")
                {
                    At = now,
                    Actor = actor,
                    Detail = $$"""{"students":{{students}},"limit":{{settings.AlarmStudentsPerHour}},"minutes":60}""",
                },
                ct).ConfigureAwait(false);
            Alarming(log, actor, students, settings.AlarmStudentsPerHour);
        }

        return OutboxResult.Done;
    }

    private async Task<List<(string Actor, int Students)>> FindAsync(
        DistrictId district, DateTimeOffset now, CancellationToken ct)
    {
        var batch = DistrictBatch.For(store, district).With(
            Look, district.Value, (now - Hour).UtcDateTime, now.UtcDateTime, settings.AlarmStudentsPerHour);
        await using var disposing = batch.ConfigureAwait(false);
        var rows = await batch.ReadAsync(ct).ConfigureAwait(false);
        await using var reading = rows.ConfigureAwait(false);
        var found = new List<(string, int)>();
        while (await rows.ReadAsync(ct).ConfigureAwait(false)) found.Add((rows.GetString(0), rows.GetInt32(1)));
        return found;
    }

    [LoggerMessage(
        1, LogLevel.Warning, "Viewer {Viewer} saw {Students} different students within an hour; the limit is {Limit}")]
    private static partial void Alarming(ILogger logger, string viewer, int students, int limit);
}
