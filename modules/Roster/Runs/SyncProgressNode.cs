using System.Runtime.CompilerServices;
using K12Hub.GraphQL;
using K12Hub.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace K12Hub.Roster;

[ObjectType<SyncProgressRow>, Authorize(Policy = RosterPermissions.ReadRuns)]
internal static partial class SyncProgressNode;

[QueryType]
internal static partial class SyncProgressQueries
{
    /// <summary>The runs that go on now.</summary>
    [Authorize(Policy = RosterPermissions.ReadRuns), ListSize(AssumedSize = 5)]
    public static async Task<IReadOnlyList<SyncProgressRow>> GetSyncProgressAsync(
        Rows db, TimeProvider time, CancellationToken ct) => await ProgressWatch.ReadAsync(db, time, ct);
}

[SubscriptionType]
internal static partial class SyncProgressSubscriptions
{
    /// <summary>How far the runs are that go on, on whatever node: every second there is something new of one, and once
    /// more, with the step done, when it has ended. What came of it, syncRunFinished tells.</summary>
    [Subscribe(With = nameof(WatchAsync)), Authorize(Policy = RosterPermissions.ReadRuns)]
    public static SyncProgressRow SyncRunProgress([EventMessage] SyncProgressRow progress) => progress;

    private static IAsyncEnumerable<SyncProgressRow> WatchAsync(
        IServiceScopeFactory scopes, ViewerScope viewer, TimeProvider time, CancellationToken ct) =>
        ProgressWatch.WatchAsync(scopes, viewer, time, ct);
}

/// <summary>Looks every second how far runs are.</summary>
internal static class ProgressWatch
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>After so long without a sign of life nobody is at it any more. Clocks of nodes differ a
    /// little.</summary>
    private static readonly TimeSpan Silence = TimeSpan.FromMinutes(1);

    public static async Task<IReadOnlyList<SyncProgressRow>> ReadAsync(
        Rows db, TimeProvider time, CancellationToken ct)
    {
        var since = time.GetUtcNow() - Silence;
        return await db.Of<SyncProgressRow>().Where(x => x.UpdatedAt > since).OrderBy(x => x.Source).ToListAsync(ct);
    }

    public static async IAsyncEnumerable<SyncProgressRow> WatchAsync(
        IServiceScopeFactory scopes, ViewerScope viewer, TimeProvider time,
        [EnumeratorCancellation] CancellationToken ct)
    {
        IReadOnlyList<SyncProgressRow> before = [];
        while (true)
        {
            var now = await LookAsync(scopes, viewer, time, ct);
            foreach (var row in now.Except(before)) yield return row;
            foreach (var row in before.Where(row => now.All(other => other.Source != row.Source)))
            {
                yield return row with { Step = "done" };
            }

            before = now;
            await Task.Delay(Pause, time, ct);
        }
    }

    /// <summary>With services of its own each time: a subscription may last for days.</summary>
    private static async Task<IReadOnlyList<SyncProgressRow>> LookAsync(
        IServiceScopeFactory scopes, ViewerScope viewer, TimeProvider time, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<ViewerScope>().Viewer = viewer.Viewer;
        return await ReadAsync(scope.ServiceProvider.GetRequiredService<Rows>(), time, ct);
    }
}
