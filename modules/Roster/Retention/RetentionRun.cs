using K12Hub.EventStore;
using K12Hub.Hosting;
using Microsoft.Extensions.Logging;

namespace K12Hub.Roster;

/// <summary>Erases every night what has come to the end of its schedule. What one run does not come to, the next one
/// does: somebody is due until there is a certificate.</summary>
internal sealed partial class RetentionRun(
    DocumentStore store, PersonErasure erasure, DueRecords due, TimeProvider time, ILogger<RetentionRun> log) : IJob
{
    /// <summary>Who erases, as certificates and the ledger have it.</summary>
    public const string Actor = "roster.retention";

    private const int PeopleAtOnce = 200;
    private const int FindingsAtOnce = 10_000;

    private static readonly TimeSpan WhileImporting = TimeSpan.FromMinutes(5);

    public static string Name => Actor;

    public async Task<OutboxResult> RunAsync(JobRun run, CancellationToken ct)
    {
        var (people, isBusy) = await PeopleAsync(run.District, ct);
        var findings = await FindingsAsync(run.District, ct);
        if (people + findings > 0)
        {
            await store.Audit.WriteAsync(
                run.District,
                new(AuditKind.Security, "retention.run", "job")
                {
                    At = time.GetUtcNow(),
                    Actor = Actor,
                    Detail = $$"""{"people":{{people}},"findings":{{findings}}}""",
                },
                ct);
            Erased(log, people, findings);
        }

        return isBusy ? OutboxResult.Later("roster.importing", WhileImporting) : OutboxResult.Done;
    }

    private async Task<(int Erased, bool IsBusy)> PeopleAsync(DistrictId district, CancellationToken ct)
    {
        var (erased, after) = (0, Guid.Empty);
        while (await due.FindAsync(district, after, PeopleAtOnce, ct) is { Count: > 0 } found)
        {
            foreach (var person in found.Where(one => one.KeptBy is null))
            {
                switch (await erasure.EraseDueAsync(district, person.PersonId, Actor, ct))
                {
                    case ScheduledErasure.Busy: return (erased, true);
                    case ScheduledErasure.Erased: erased++; break;
                }
            }

            after = found[^1].PersonId;
        }

        return (erased, false);
    }

    private async Task<int> FindingsAsync(DistrictId district, CancellationToken ct)
    {
        var (all, gone) = (0, FindingsAtOnce);
        while (gone == FindingsAtOnce)
        {
            gone = await due.ForgetFindingsAsync(district, FindingsAtOnce, ct);
            all += gone;
        }

        return all;
    }

    [LoggerMessage(Level = LogLevel.Information,
        Message = "Retention schedules erased {People} people and {Findings} findings of imports")]
    private static partial void Erased(ILogger logger, int people, int findings);
}
