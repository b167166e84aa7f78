using System.Threading.Channels;
using K12Hub.EventStore;
using K12Hub.GraphQL.Subscriptions;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace K12Hub.Hosting;

/// <summary>Reads the log of one district for all its subscribers, as long as there are any.</summary>
internal sealed partial class DistrictReader(
    DocumentStore store,
    DistrictId district,
    TimeProvider time,
    ILogger logger,
    Action<bool> awake,
    CancellationToken ended)
{
    private const int PageSize = 500;

    // A signal may be lost, and other programs append without one.
    private static readonly TimeSpan Unasked = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(1);

    private readonly Lock gate = new();
    private readonly Channel<bool> signal = Channel.CreateBounded<bool>(1);
    private readonly List<Subscriber> newcomers = [];
    private readonly List<Subscriber> subscribers = [];
    private Task reading = Task.CompletedTask;
    private bool isReading;
    private long position;

    /// <summary>Events a subscriber may fall behind.</summary>
    public required int MaxEventsBehind { get; init; }

    /// <summary>Subscribers that have started.</summary>
    public int Subscribers
    {
        get
        {
            lock (gate) return subscribers.Count;
        }
    }

    /// <summary>Adds a subscriber; it starts at a position that is settled after now.</summary>
    public Subscriber Subscribe(string type)
    {
        var subscriber = new Subscriber(type, MaxEventsBehind, Remove);
        lock (gate)
        {
            newcomers.Add(subscriber);
            if (!isReading)
            {
                isReading = true;
                reading = ReadAsync(reading);
            }
        }

        Wake();
        return subscriber;
    }

    /// <summary>There may be something new.</summary>
    public void Wake() => signal.Writer.TryWrite(true);

    /// <summary>Waits until the reading has ended.</summary>
    public Task EndAsync()
    {
        lock (gate) return reading;
    }

    private void Remove(Subscriber gone)
    {
        lock (gate)
        {
            newcomers.Remove(gone);
            subscribers.Remove(gone);
        }

        Wake();
    }

    private async Task ReadAsync(Task before)
    {
        await before.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        awake(true);
        while (IsWanted())
        {
            var pause = Unasked;
            try
            {
                await ReadOnAsync().ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (ended.IsCancellationRequested)
            {
                break;
            }
            catch (NpgsqlException failure)
            {
                // Nothing is lost: the position has not moved past what was handed over.
                LogFailure(failure);
                pause = AfterFailure;
            }
            catch (Exception bug)
            {
                LogFailure(bug);
                GiveUp(bug);
            }

            await SleepAsync(pause).ConfigureAwait(false);
        }

        awake(false);
    }

    /// <summary>Whether anybody is there; when not, the next subscriber starts the reading anew.</summary>
    private bool IsWanted()
    {
        lock (gate)
        {
            var wanted = !ended.IsCancellationRequested && subscribers.Count + newcomers.Count > 0;
            isReading = wanted;
            if (wanted || !ended.IsCancellationRequested) return wanted;
            foreach (var waiting in newcomers) waiting.Cancel();
            return false;
        }
    }

    /// <summary>An error is better than silence for those who believe they would hear.</summary>
    private void GiveUp(Exception bug)
    {
        Subscriber[] all;
        lock (gate) all = [.. subscribers, .. newcomers];
        foreach (var subscriber in all) subscriber.Fail(bug);
    }

    private async Task ReadOnAsync()
    {
        Subscriber[] waiting;
        bool nobodyYet;
        lock (gate)
        {
            waiting = [.. newcomers];
            nobodyYet = subscribers.Count == 0;
        }

        if (nobodyYet) position = await store.Feed.SettledAsync(district, ended).ConfigureAwait(false);
        else while (await ReadPageAsync().ConfigureAwait(false));

        // Everything up to here was settled after they had asked, and nothing after it has been read.
        lock (gate)
        {
            foreach (var admitted in waiting.Where(newcomers.Remove)) subscribers.Add(admitted);
        }

        foreach (var admitted in waiting) admitted.Start(position);
    }

    /// <returns>True when there may be more.</returns>
    private async Task<bool> ReadPageAsync()
    {
        Subscriber[] all;
        lock (gate) all = [.. subscribers];
        var types = all.Select(subscriber => subscriber.Type).Distinct().ToArray();
        var page = await store.Feed.ReadSettledAsync(district, position, PageSize, types, ended).ConfigureAwait(false);
        foreach (var happened in page.Events)
        {
            foreach (var subscriber in all)
            {
                if (subscriber.Type == happened.Type) subscriber.Events.TryPublish(happened);
            }
        }

        position = page.SettledTo;
        return page.Events.Count == PageSize;
    }

    private async Task SleepAsync(TimeSpan longest)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ended);
        var woken = signal.Reader.WaitToReadAsync(patience.Token).AsTask();
        await Task.WhenAny(woken, Task.Delay(longest, time, patience.Token)).ConfigureAwait(false);
        await patience.CancelAsync().ConfigureAwait(false);
        signal.Reader.TryRead(out _);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "New events could not be read for subscribers; trying again.")]
    private partial void LogFailure(Exception failure);

    /// <summary>Somebody who wants the events of one type.</summary>
    internal sealed class Subscriber
    {
        private readonly TaskCompletionSource<long> started =
            new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Subscriber(string type, int maxEventsBehind, Action<Subscriber> gone)
        {
            Type = type;
            Events = new EventBuffer<RecordedEvent>(maxEventsBehind, _ => gone(this));
        }

        public string Type { get; }

        public EventBuffer<RecordedEvent> Events { get; }

        /// <summary>The position after which it gets everything.</summary>
        public Task<long> StartedAt => started.Task;

        public void Start(long position) => started.TrySetResult(position);

        public void Cancel() => started.TrySetCanceled();

        public void Fail(Exception bug)
        {
            started.TrySetException(bug);
            Events.Complete(bug);
        }
    }
}
