using System.Diagnostics;
using K12Hub.EventStore;

namespace K12Hub.Hosting.Tests;

/// <summary>Counts what the database of a store is asked, from now on.</summary>
internal sealed class RoundTrips : IDisposable
{
    private readonly ActivityListener listener;
    private int count;

    public RoundTrips(DocumentStore store)
    {
        using var connection = store.OwnerDataSource.CreateConnection();
        var database = connection.Database;
        listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "Npgsql",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = activity =>
            {
                // Opening a connection is an activity too, without a text. Signals to subscribers follow a commit
                // in their own time, many commits in one; no command waits for them.
                var text = activity.Tags.FirstOrDefault(tag => tag.Key == "db.query.text").Value;
                var ours = activity.Tags.Any(tag => tag.Value == database)
                    && text?.Contains("notify", StringComparison.OrdinalIgnoreCase) == false;
                if (ours) Interlocked.Increment(ref count);
            },
        };
        ActivitySource.AddActivityListener(listener);
    }

    public int Count => count;

    public void Dispose() => listener.Dispose();
}
