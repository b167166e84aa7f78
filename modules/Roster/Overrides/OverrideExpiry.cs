using K12Hub.EventStore;
using K12Hub.Hosting;

namespace K12Hub.Roster;

/// <summary>Ends overrides when their time is over.</summary>
internal sealed class OverrideExpiry(FieldOverrides overrides) : IJob
{
    public static string Name => "roster.override_expiry";

    public async Task<OutboxResult> RunAsync(JobRun run, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(run);
        await overrides.EndExpiredAsync(run.District, ct);
        return OutboxResult.Done;
    }
}
