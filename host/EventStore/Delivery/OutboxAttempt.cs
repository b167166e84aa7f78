namespace K12Hub.EventStore;

/// <summary>One attempt to send a message, from the lease to the mark.</summary>
internal sealed class OutboxAttempt(
    OutboxDelivery delivery, IOutboxSender sender, OutboxOptions options, TimeProvider time) : IDisposable
{
    // Whoever does not end when he is told to is left alone after this.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    private readonly CancellationTokenSource _giveUp = new();
    private volatile bool _leaseLost;
    private volatile bool _stopped;
    private bool _disposed;

    public OutboxDelivery Delivery { get; } = delivery;

    /// <summary>Ends it, because another process has taken the message.</summary>
    public void LoseLease()
    {
        _leaseLost = true;
        Cancel();
    }

    /// <summary>Ends it, because this process stops.</summary>
    public void Stop()
    {
        _stopped = true;
        Cancel();
    }

    public void Dispose()
    {
        lock (_giveUp)
        {
            _disposed = true;
            _giveUp.Dispose();
        }
    }

    /// <summary>Sends the message.</summary>
    /// <returns>What is to be marked; null when the lease is lost and nothing may be.</returns>
    public async Task<Ending?> RunAsync()
    {
        if (Delivery.Tries > options.MostTries)
        {
            // The last attempt took its process with it, or its mark was never heard of.
            return new(OutboxEnd.Dead, "outbox.no_answer");
        }

        using var late = new CancellationTokenSource(Timeout.InfiniteTimeSpan, time);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(late.Token, _giveUp.Token);
        try
        {
            var limit = sender.LimitOf(Delivery.Kind);
            late.CancelAfter(limit);
            var result = await sender.SendAsync(Delivery, ended.Token).WaitAsync(limit + Grace, time);
            return Of(result);
        }
        catch (Exception) when (_leaseLost)
        {
            return null;
        }
        catch (Exception) when (_stopped)
        {
            return new(OutboxEnd.Back, null, time.GetUtcNow());
        }
        catch (Exception) when (late.IsCancellationRequested)
        {
            return Of(OutboxResult.Later("outbox.timeout"));
        }
        catch (Exception failure)
        {
            return Of(OutboxResult.Later(failure.GetType().Name)) with { Failure = failure };
        }
    }

    private void Cancel()
    {
        lock (_giveUp)
        {
            if (!_disposed)
            {
                _giveUp.Cancel();
            }
        }
    }

    private Ending Of(OutboxResult result) => result.End switch
    {
        OutboxEnd.Later when Delivery.Tries >= options.MostTries => new(OutboxEnd.Dead, result.Code),
        OutboxEnd.Later => new(
            OutboxEnd.Later, result.Code,
            time.GetUtcNow() + Backoff.After(Delivery.Tries, options, result.After)),
        var end => new(end, result.Code),
    };

    /// <summary>What is to be marked.</summary>
    public sealed record Ending(
        OutboxEnd End, string? Code, DateTimeOffset? NextDue = null, Exception? Failure = null);
}
