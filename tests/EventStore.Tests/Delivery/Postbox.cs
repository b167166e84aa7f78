using K12Hub.Testing;

namespace K12Hub.EventStore.Tests.Delivery;

/// <summary>A store that owes messages, and dispatchers that a test starts on it.</summary>
internal sealed class Postbox : IAsyncDisposable
{
    private readonly TestStore _test;
    private readonly CancellationTokenSource _stop = new();
    private readonly List<Task> _running = [];
    private readonly List<OutboxDispatcher> _dispatchers = [];

    private Postbox(TestStore test, ManualTime time) => (_test, Time, Store) = (test, time, DocumentStore.For(options =>
    {
        TestStore.Configure(options, test.ConnectionString);
        options.SignalAppends = true;
        options.Time = time;
    }));

    public DocumentStore Store { get; }

    public ManualTime Time { get; }

    public string ConnectionString => _test.ConnectionString;

    /// <summary>Looks only when it is woken; pauses without jitter.</summary>
    public static OutboxOptions Options { get; } = new() { Poll = TimeSpan.FromHours(10), Jitter = () => 1 };

    private static CancellationToken Ct => TestStore.Ct;

    public static async Task<Postbox> CreateAsync() => new(
        await TestStore.CreateAsync(), new ManualTime(new DateTimeOffset(2027, 3, 1, 12, 0, 0, TimeSpan.Zero)));

    /// <summary>Starts a dispatcher that is stopped with the test.</summary>
    /// <returns>Ends when the dispatcher has.</returns>
    public Task Start(IOutboxSender sender, OutboxOptions? options = null, CancellationToken? stop = null)
    {
        var dispatcher = new OutboxDispatcher(Store, sender, options ?? Options);
        _dispatchers.Add(dispatcher);
        var running = dispatcher.RunAsync(stop ?? _stop.Token);
        _running.Add(running);
        return running;
    }

    public async Task PublishAsync(string key, DateTimeOffset? due = null, EventMetadata? cause = null)
    {
        await using var session = Store.LightweightSession(TestStore.Lincoln, cause);
        session.Outbox.Publish("mail.send", key, new { To = "ana" }, due);
        await session.SaveChangesAsync(Ct);
    }

    public Task<string> RowsAsync(string sql) => _test.RowsAsync(sql);

    public Task<long> CountAsync(string where) =>
        _test.ScalarAsync<long>($"select count(*) from es.outbox where {where}");

    public Task ExecuteAsync(string sql) => _test.ExecuteAsync(sql);

    /// <summary>Waits until something holds that other threads or processes bring about; the clock stands.</summary>
    public static async Task UntilAsync(Func<Task<bool>> holds)
    {
        while (!await holds())
        {
            await Task.Delay(10, Ct);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        var ended = Task.WhenAll(_running);
        await Time.AdvanceUntilAsync(TimeSpan.FromSeconds(1), () => Task.FromResult(ended.IsCompleted), Ct);
        await ended;
        _dispatchers.ForEach(dispatcher => dispatcher.Dispose());
        await Store.DisposeAsync();
        await _test.DisposeAsync();
        _stop.Dispose();
    }
}
