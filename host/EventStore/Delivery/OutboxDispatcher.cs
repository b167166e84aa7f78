using System.Threading.Channels;
using Npgsql;

namespace K12Hub.EventStore;

/// <summary>Sends what is owed, at least once. Any number of processes may run one over the same database: a message
/// belongs to one of them at a time, for as long as it gives signs of life.</summary>
public sealed class OutboxDispatcher : IDisposable
{
    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan AfterStop = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan HouseKeeping = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Pruning = TimeSpan.FromHours(1);
    private const int MarkingTries = 5;

    private readonly DocumentStore _store;
    private readonly IOutboxSender _sender;
    private readonly OutboxOptions _options;
    private readonly TimeProvider _time;
    private readonly OutboxTelemetry _telemetry;
    private readonly Lock _gate = new();
    private readonly Dictionary<OutboxAttempt, Task> _running = [];
    private readonly Channel<bool> _signal = Channel.CreateBounded<bool>(1);
    private bool _unreachable;
    private DateTimeOffset _pruned = DateTimeOffset.MinValue;

    /// <summary>A dispatcher that does nothing yet.</summary>
    /// <param name="store">Where the messages are.</param>
    /// <param name="sender">Who sends them.</param>
    /// <param name="options">How it works.</param>
    public OutboxDispatcher(DocumentStore store, IOutboxSender sender, OutboxOptions options)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(sender);
        ArgumentNullException.ThrowIfNull(options);
        (_store, _sender, _options, _time) = (store, sender, options, store.Options.Time);
        _telemetry = new(store, _time);
    }

    /// <summary>What was open when it last looked, at most 15 s ago; empty before.</summary>
    public IReadOnlyList<OutboxStanding> Standing => _telemetry.Standing;

    /// <summary>Sends until it is stopped. A stop takes nothing new, waits for what is under way as long as
    /// <see cref="OutboxOptions.Drain"/> allows, and gives the rest back.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        using var alive = new CancellationTokenSource();
        var listening = ListenAsync(stop);
        var beating = RepeatAsync(_options.Lease / 3, BeatAsync, alive.Token);
        var keeping = RepeatAsync(HouseKeeping, KeepHouseAsync, stop);
        while (!stop.IsCancellationRequested)
        {
            if (!await TakeAsync(stop))
            {
                await SleepAsync(_unreachable ? AfterFailure : _options.Poll, stop);
            }
        }

        await DrainAsync();
        await alive.CancelAsync();
        await Task.WhenAll(listening, beating, keeping);
    }

    /// <inheritdoc/>
    public void Dispose() => _telemetry.Dispose();

    /// <summary>Takes as many messages as can be sent at once.</summary>
    /// <returns>True when there may be more for a free hand.</returns>
    private async Task<bool> TakeAsync(CancellationToken stop)
    {
        var most = Math.Min(_options.BatchSize, _options.Concurrency - Running());
        if (most <= 0)
        {
            return false;
        }

        try
        {
            var taken = await _store.OutboxMessages.ClaimAsync(most, _options, CancellationToken.None);
            _unreachable = false;
            foreach (var delivery in taken)
            {
                Start(delivery);
            }

            return taken.Count == most && Running() < _options.Concurrency && !stop.IsCancellationRequested;
        }
        catch (Exception failure) when (IsOutage(failure))
        {
            SayUnreachable(failure);
            return false;
        }
    }

    private void Start(OutboxDelivery delivery)
    {
        var attempt = new OutboxAttempt(delivery, _sender, _options, _time);
        lock (_gate)
        {
            _running.Add(attempt, DeliverAsync(attempt));
        }
    }

    private async Task DeliverAsync(OutboxAttempt attempt)
    {
        await Task.Yield(); // The caller holds the lock, and a sender may take its time before it first waits.
        var started = _time.GetTimestamp();
        using (OutboxTelemetry.Start(attempt.Delivery))
        {
            var ending = await attempt.RunAsync();
            var marked = ending is not null && await MarkAsync(attempt.Delivery, ending);
            Say(attempt.Delivery, ending, marked);
            if (ending is not null && marked)
            {
                _telemetry.Ended(attempt.Delivery.Kind, ending.End, _time.GetElapsedTime(started));
            }
        }

        lock (_gate)
        {
            _running.Remove(attempt);
        }

        attempt.Dispose();
        _signal.Writer.TryWrite(true);
    }

    /// <summary>Marks how it ended. While the database does not answer the mark is tried again; when it never comes
    /// through, the lease ends and the message is sent once more, under the same id.</summary>
    private async Task<bool> MarkAsync(OutboxDelivery delivery, OutboxAttempt.Ending ending)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                return await _store.OutboxMessages.FinishAsync(
                    delivery, ending.End, ending.NextDue, ending.Code, CancellationToken.None);
            }
            catch (Exception failure) when (IsOutage(failure))
            {
                SayUnreachable(failure);
                if (tries == MarkingTries)
                {
                    return false;
                }
            }

            await Task.Delay(AfterFailure, _time, CancellationToken.None);
        }
    }

    private void Say(OutboxDelivery delivery, OutboxAttempt.Ending? ending, bool marked)
    {
        OutboxEvent? what = ending switch
        {
            null => OutboxEvent.LeaseLost,
            _ when !marked => OutboxEvent.LeaseLost,
            { End: OutboxEnd.Dead } => OutboxEvent.Died,
            { End: OutboxEnd.Later } => OutboxEvent.Failed,
            _ => null,
        };
        if (what is { } happened)
        {
            _sender.Report(new(
                happened, delivery.Kind, delivery.Id, delivery.Tries, ending?.Code, ending?.Failure));
        }
    }

    private async Task BeatAsync(CancellationToken ct)
    {
        OutboxAttempt[] all;
        lock (_gate)
        {
            all = [.. _running.Keys];
        }

        if (all.Length == 0)
        {
            return;
        }

        var kept = await _store.OutboxMessages.RenewAsync([.. all.Select(a => a.Delivery)], _options.Lease, ct);
        lock (_gate)
        {
            // What has ended meanwhile is marked and no longer leased.
            foreach (var lost in all.Where(a => !kept.Contains(a.Delivery.Id) && _running.ContainsKey(a)))
            {
                lost.LoseLease();
            }
        }
    }

    private async Task KeepHouseAsync(CancellationToken ct)
    {
        _telemetry.Saw(await _store.OutboxMessages.StandingAsync(ct));
        if (_time.GetUtcNow() - _pruned >= Pruning)
        {
            await _store.OutboxMessages.PruneAsync(_options.Retention, ct);
            _pruned = _time.GetUtcNow();
        }
    }

    private async Task DrainAsync()
    {
        try
        {
            await Task.WhenAll(Tasks()).WaitAsync(_options.Drain, _time);
        }
        catch (TimeoutException)
        {
            OutboxAttempt[] late;
            lock (_gate)
            {
                late = [.. _running.Keys];
            }

            foreach (var attempt in late)
            {
                attempt.Stop();
            }

            // Who does not listen is left behind; the lease ends by itself.
            await Task.WhenAny(Task.WhenAll(Tasks()), Task.Delay(AfterStop, _time, CancellationToken.None));
        }
    }

    private Task[] Tasks()
    {
        lock (_gate)
        {
            return [.. _running.Values];
        }
    }

    private int Running()
    {
        lock (_gate)
        {
            return _running.Count;
        }
    }

    private async Task ListenAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await foreach (var _ in _store.OutboxSignals.ListenAsync(stop))
                {
                    _signal.Writer.TryWrite(true);
                }
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }
            catch (Exception lost) when (IsOutage(lost))
            {
                // It looks unasked meanwhile.
                await PauseAsync(AfterFailure, stop);
            }
        }
    }

    private async Task RepeatAsync(TimeSpan every, Func<CancellationToken, Task> what, CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            try
            {
                await what(ct);
            }
            catch (OperationCanceledException) when (ct.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failure) when (IsOutage(failure))
            {
                SayUnreachable(failure);
            }

            await PauseAsync(every, ct);
        }
    }

    private async Task PauseAsync(TimeSpan pause, CancellationToken ct) =>
        await Task.Delay(pause, _time, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    private async Task SleepAsync(TimeSpan longest, CancellationToken stop)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var woken = _signal.Reader.WaitToReadAsync(patience.Token).AsTask();
        await Task.WhenAny(woken, Task.Delay(longest, _time, patience.Token));
        await patience.CancelAsync();
        _signal.Reader.TryRead(out _);
    }

    private void SayUnreachable(Exception failure)
    {
        if (!_unreachable)
        {
            _unreachable = true;
            _sender.Report(new(OutboxEvent.Unreachable, null, null, 0, failure.GetType().Name, failure));
        }
    }

    // A closed pool throws neither NpgsqlException nor anything else of its own.
    private static bool IsOutage(Exception failure) =>
        failure is NpgsqlException or TimeoutException or ObjectDisposedException or IOException;
}
