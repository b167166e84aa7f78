using K12Hub.EventStore;
using K12Hub.Hosting;

namespace K12Hub.Roster;

/// <summary>Looks every night, after the rosters have come in, for records of one person.</summary>
internal sealed class NightlyMatching(PeopleMatching matching) : IJob
{
    public static string Name => "roster.match_people";

    public async Task<OutboxResult> RunAsync(JobRun run, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(run);
        await matching.RunAsync(run.District, actor: null, ct);
        return OutboxResult.Done;
    }
}
