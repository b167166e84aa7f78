using System.Globalization;
using K12Hub.EventStore;
using K12Hub.GraphQL.Execution;
using K12Hub.GraphQL.Subscriptions;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace K12Hub.Hosting;

/// <summary>
/// Stored events as they become settled, for subscriptions: each once, in the order of the log, from whatever node
/// they were appended on. One reader per district with a subscriber serves all of them; it is woken by signals and
/// looks by itself twice a second. While nobody subscribes nothing is read and no connection is held.
/// </summary>
public sealed partial class LiveEvents : IAsyncDisposable
{
    private const int MostResumed = 1_000;

    private readonly DocumentStore store;
    private readonly TimeProvider time;
    private readonly ILogger<LiveEvents> logger;
    private readonly Lock gate = new();
    private readonly Dictionary<DistrictId, DistrictReader> readers = [];
    private readonly CancellationTokenSource ended = new();
    private CancellationTokenSource? listening;
    private Task listener = Task.CompletedTask;
    private int awake;

    /// <summary>Reads nothing yet.</summary>
    public LiveEvents(DocumentStore store, TimeProvider time, ILogger<LiveEvents> logger) =>
        (this.store, this.time, this.logger) = (store, time, logger);

    /// <summary>Events a subscriber may fall behind; then it gets an error.</summary>
    public int MaxEventsBehind { get; init; } = EventBuffer<RecordedEvent>.DefaultCapacity;

    /// <summary>Readers at work; 0 while nobody subscribes.</summary>
    public int ActiveReaders => Volatile.Read(ref awake);

    /// <summary>Subscribers who get what happens now.</summary>
    public int Subscribers
    {
        get
        {
            lock (gate) return readers.Values.Sum(reader => reader.Subscribers);
        }
    }

    /// <summary>The events of one kind from now on, or from after one the subscriber has seen.</summary>
    /// <typeparam name="TEvent">The record of the event.</typeparam>
    /// <param name="district">Whose events.</param>
    /// <param name="after"><see cref="LiveEvent{TEvent}.Cursor"/> of the last event seen; null for new ones
    /// only.</param>
    /// <param name="ct">Gives up subscribing.</param>
    /// <exception cref="GraphQLException">The cursor is none, or more than 1,000 events lie after it.</exception>
    public async ValueTask<ISourceStream<LiveEvent<TEvent>>> SubscribeAsync<TEvent>(
        DistrictId district, string? after, CancellationToken ct)
        where TEvent : class
    {
        var seen = Seen(after);
        var type = store.Options.Events.Find<TEvent>().Name;
        var subscriber = ReaderOf(district).Subscribe(type);
        try
        {
            var from = await subscriber.StartedAt.WaitAsync(ct).ConfigureAwait(false);
            var missed = seen is { } last && last < from
                ? await MissedAsync(district, type, last, from, ct).ConfigureAwait(false)
                : [];
            return new LiveStream<TEvent>(missed, subscriber.Events);
        }
        catch
        {
            await subscriber.Events.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await ended.CancelAsync().ConfigureAwait(false);
        DistrictReader[] all;
        lock (gate) all = [.. readers.Values];
        foreach (var reader in all) await reader.EndAsync().ConfigureAwait(false);
        await listener.ConfigureAwait(false);
        ended.Dispose();
    }

    private static long? Seen(string? after)
    {
        if (after is null) return null;
        return long.TryParse(after, NumberStyles.None, CultureInfo.InvariantCulture, out var position)
            ? position
            : throw new GraphQLException("Argument \"after\" is no cursor of an event.", "CURSOR_INVALID");
    }

    private DistrictReader ReaderOf(DistrictId district)
    {
        lock (gate)
        {
            if (readers.TryGetValue(district, out var known)) return known;
            var reader = new DistrictReader(store, district, time, logger, Awake, ended.Token)
            {
                MaxEventsBehind = MaxEventsBehind,
            };
            readers.Add(district, reader);
            return reader;
        }
    }

    private async Task<IReadOnlyList<RecordedEvent>> MissedAsync(
        DistrictId district, string type, long after, long upTo, CancellationToken ct)
    {
        var page = await store.Feed.ReadSettledAsync(district, after, MostResumed + 1, [type], ct)
            .ConfigureAwait(false);
        var missed = page.Events.Where(happened => happened.Position <= upTo).ToList();
        return missed.Count <= MostResumed
            ? missed
            : throw new GraphQLException(
                $"More than {MostResumed} events lie after this cursor. Ask for what is there, and subscribe anew.",
                "CURSOR_TOO_OLD");
    }

    // The listener's connection is there as long as a reader is.
    private void Awake(bool isAwake)
    {
        lock (gate)
        {
            awake += isAwake ? 1 : -1;
            if (isAwake && awake == 1)
            {
                var until = listening = CancellationTokenSource.CreateLinkedTokenSource(ended.Token);
                listener = ListenAsync(listener, until.Token);
            }
            else if (awake == 0)
            {
                listening!.Cancel();
                listening.Dispose();
                listening = null;
            }
        }
    }

    private async Task ListenAsync(Task before, CancellationToken ct)
    {
        await before.ConfigureAwait(ConfigureAwaitOptions.ForceYielding); // The caller holds the lock.
        while (!ct.IsCancellationRequested)
        {
            try
            {
                await foreach (var district in store.Signals.ListenAsync(ct).ConfigureAwait(false)) Wake(district);
            }
            catch (OperationCanceledException) when (ct.IsCancellationRequested)
            {
                return;
            }
            catch (NpgsqlException lost)
            {
                LogSilence(lost);
                await Task.Delay(TimeSpan.FromSeconds(1), time, ct)
                    .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private void Wake(DistrictId district)
    {
        lock (gate) readers.GetValueOrDefault(district)?.Wake();
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "No signals of new events for now; readers look by themselves.")]
    private partial void LogSilence(Exception lost);
}
