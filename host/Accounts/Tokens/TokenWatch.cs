using K12Hub.EventStore;
using K12Hub.Hosting;
using Microsoft.Extensions.Logging;

namespace K12Hub.Accounts;

/// <summary>Hears of tokens that were revoked on other nodes, from the first token on that was kept here. What it does
/// not hear, because the connection that listens is down, ends by the clock all the same.</summary>
internal sealed partial class TokenWatch(
    LiveEvents? live, DistrictId district, KnownTokens known, ILogger<TokenWatch> log)
{
    private int isWatching;

    /// <summary>Begins to listen, where nothing listens yet or what did has failed.</summary>
    public void Begin()
    {
        if (live is not null && Interlocked.Exchange(ref isWatching, 1) == 0) _ = WatchAsync(live);
    }

    private async Task WatchAsync(LiveEvents events)
    {
        try
        {
            await using var stream = await events.SubscribeAsync<ApiTokenEvent.Revoked>(
                district, null, CancellationToken.None);
            await foreach (var revoked in stream.ReadEventsAsync()) known.Forget(revoked.StreamId);
        }
        catch (OperationCanceledException)
        {
            // The program stops.
        }
        catch (Exception failure)
        {
            LogDeaf(failure.GetType().Name, KnownTokens.KeptFor.TotalSeconds);
        }
        finally
        {
            Volatile.Write(ref isWatching, 0);
        }
    }

    [LoggerMessage(
        1, LogLevel.Warning,
        "Tokens that other nodes revoke are not heard of ({Exception}); they end within {Seconds} seconds")]
    private partial void LogDeaf(string exception, double seconds);
}
