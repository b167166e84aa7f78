using Npgsql;

namespace K12Hub.EventStore.Faults;

/// <summary>Reads the feed as an integrator would, and remembers every position it was given.</summary>
internal sealed class Follower(DocumentStore store)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(5);
    private readonly List<long> positions = [];

    public IReadOnlyList<long> Positions => positions;

    /// <summary>Follows until it is over, and then to the end.</summary>
    public async Task RunAsync(CancellationToken over)
    {
        for (var at = 0L; ;)
        {
            var isLast = over.IsCancellationRequested;
            try
            {
                var page = await store.Feed.ReadSettledAsync(Stores.District, at, 37, null, CancellationToken.None);
                positions.AddRange(page.Events.Select(happened => happened.Position));
                if (isLast && page.SettledTo == at) return;
                if (page.SettledTo == at) await Task.Delay(Pause, CancellationToken.None);
                at = page.SettledTo;
            }
            catch (Exception down) when (down is NpgsqlException or IOException or TimeoutException)
            {
                // What was not answered is asked again from the same place.
                await Task.Delay(Pause, CancellationToken.None);
            }
        }
    }
}
