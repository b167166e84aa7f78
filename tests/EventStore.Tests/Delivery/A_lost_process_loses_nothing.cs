using System.Diagnostics;
using Npgsql;

namespace K12Hub.EventStore.Tests.Delivery;

public sealed class A_lost_process_loses_nothing
{
    /// <summary>Set in the process that is to be lost: where the messages are.</summary>
    private const string Victim = "K12HUB_TEST_OUTBOX_VICTIM";

    private static readonly OutboxOptions Hasty = new()
    {
        Lease = TimeSpan.FromSeconds(1),
        Poll = TimeSpan.FromMilliseconds(50),
        FirstPause = TimeSpan.FromMilliseconds(1),
        MostTries = 30,
    };

    private static CancellationToken Ct => TestStore.Ct;

    [Fact]
    public async Task Killed_between_send_and_mark_it_is_sent_once_more_under_the_same_name()
    {
        await using var world = await World.CreateAsync();
        using var victim = StartVictim(world);
        await world.UntilAsync("(select count(*) from sent) = 1");

        victim.Kill();
        await victim.WaitForExitAsync(Ct);
        Assert.Equal(0, await world.CountAsync("es.outbox where done_at is not null"));
        await using var node = new Node(world.ConnectionString, waits: false);

        await world.UntilAsync("(select done_at is not null from es.outbox)");
        Assert.Equal("2 1", await world.RowsAsync("select count(*), count(distinct message_id) from sent"));
        Assert.Equal("2", await world.RowsAsync("select attempts from es.outbox"));
    }

    [Fact]
    public async Task Frozen_with_a_lease_it_can_mark_nothing_when_it_wakes_up()
    {
        await using var world = await World.CreateAsync();
        using var victim = StartVictim(world);
        await world.UntilAsync("(select count(*) from sent) = 1");
        await SignalAsync(victim, "STOP");

        await using var second = new Node(world.ConnectionString, waits: false);
        await using var third = new Node(world.ConnectionString, waits: false);
        await world.UntilAsync("(select done_at is not null from es.outbox)");
        var marked = await world.RowsAsync("select xmin, attempts, done_at from es.outbox");
        await world.ExecuteAsync("insert into may_end values (true)");
        await SignalAsync(victim, "CONT");
        await world.UntilAsync("exists (select from incidents where what = 'LeaseLost')");
        victim.Kill();
        await victim.WaitForExitAsync(Ct);

        Assert.Equal(marked, await world.RowsAsync("select xmin, attempts, done_at from es.outbox"));
        Assert.Equal("2 1", await world.RowsAsync("select count(*), count(distinct message_id) from sent"));
    }

    [Fact]
    public async Task Whoever_ends_after_the_next_attempt_began_changes_nothing()
    {
        await using var world = await World.CreateAsync();
        var messages = world.Test.Store.OutboxMessages;
        var first = Assert.Single(await messages.ClaimAsync(1, Hasty, Ct));
        Assert.Empty(await messages.ClaimAsync(1, Hasty, Ct));
        await world.ExecuteAsync("update es.outbox set leased_until = now() - interval '1 second'");
        var second = Assert.Single(await messages.ClaimAsync(1, Hasty, Ct));

        Assert.Empty(await messages.RenewAsync([first], Hasty.Lease, Ct));
        foreach (var end in Enum.GetValues<OutboxEnd>())
        {
            Assert.False(await messages.FinishAsync(first, end, DateTimeOffset.UnixEpoch, "late", Ct));
        }

        Assert.Equal([second.Id], await messages.RenewAsync([second], Hasty.Lease, Ct));
        Assert.True(await messages.FinishAsync(second, OutboxEnd.Done, null, null, Ct));
        Assert.False(await messages.FinishAsync(second, OutboxEnd.Later, DateTimeOffset.UnixEpoch, "twice", Ct));
    }

    [Fact]
    public async Task A_stop_waits_for_what_is_under_way_and_gives_the_rest_back_uncounted()
    {
        await using var box = await Postbox.CreateAsync();
        box.Store.Options.SignalAppends = false; // It looks once, and is not woken again.
        await box.PublishAsync("quick");
        await box.PublishAsync("slow");
        var (quick, isLate) = (new TaskCompletionSource(), false);
        var sender = new RecordingSender(async (sent, ct) =>
        {
            if (sent.Id % 2 == 0) ct.Register(() => Volatile.Write(ref isLate, true));
            await (sent.Id % 2 == 1 ? quick.Task : Task.Delay(Timeout.Infinite, ct));
            return OutboxResult.Done;
        });
        using var stop = new CancellationTokenSource();
        var running = box.Start(sender, stop: stop.Token);
        await Postbox.UntilAsync(() => Task.FromResult(sender.Sent.Count == 2));

        await stop.CancelAsync();
        await box.PublishAsync("too late");
        quick.SetResult();
        await Postbox.UntilAsync(async () => await box.CountAsync("done_at is not null") == 1);
        Assert.False(running.IsCompleted);
        await box.Time.AdvanceUntilAsync(
            TimeSpan.FromSeconds(1), () => Task.FromResult(Volatile.Read(ref isLate)), Ct);

        // The clock stands still meanwhile: what is given back is given to a real database, at its own pace.
        await running;
        Assert.Equal(2, sender.Sent.Count);
        Assert.Equal(
            "quick 1 0 True\nslow 1 1 False\ntoo late 0 0 False",
            await box.RowsAsync(
                """
                select dedupe_key, attempts, forgiven, done_at is not null from es.outbox
                 where leased_until is null order by id
                """));
    }

    [Fact(Explicit = true)]
    public async Task Sends_and_waits_until_lost()
    {
        await using var node = new Node(Environment.GetEnvironmentVariable(Victim)!, waits: true);
        await Task.Delay(Timeout.Infinite, Ct);
    }

    private static Process StartVictim(World world) => Process.Start(new ProcessStartInfo(Environment.ProcessPath!)
    {
        ArgumentList = { "--filter-method", "*" + nameof(Sends_and_waits_until_lost), "--explicit", "only" },
        Environment = { [Victim] = world.ConnectionString },
        RedirectStandardOutput = true,
    })!;

    private static async Task SignalAsync(Process process, string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", $"{process.Id}"]);
        await kill.WaitForExitAsync(Ct);
        Assert.Equal(0, kill.ExitCode);
    }

    /// <summary>A database that owes one message, and tables that stand for the outside.</summary>
    private sealed class World(TestStore test) : IAsyncDisposable
    {
        public TestStore Test => test;

        public string ConnectionString => test.ConnectionString;

        public static async Task<World> CreateAsync()
        {
            var test = await TestStore.CreateAsync();
            await test.ExecuteAsync(
                """
                create table sent (message_id text not null);
                create table may_end (yes boolean not null);
                create table incidents (what text not null);
                """);
            await using var session = test.Session();
            session.Outbox.Publish("mail.send", "a", new { To = "ana" });
            await session.SaveChangesAsync(Ct);
            return new World(test);
        }

        public Task<string> RowsAsync(string sql) => test.RowsAsync(sql);

        public Task<long> CountAsync(string table) => test.CountAsync(table);

        public Task ExecuteAsync(string sql) => test.ExecuteAsync(sql);

        public Task UntilAsync(string condition) =>
            Postbox.UntilAsync(async () => await test.ScalarAsync<bool>($"select {condition}"));

        public ValueTask DisposeAsync() => test.DisposeAsync();
    }

    /// <summary>A dispatcher whose sender writes into the outside, and may then wait until it is told to end.</summary>
    private sealed class Node : IOutboxSender, IAsyncDisposable
    {
        private readonly DocumentStore _store;
        private readonly OutboxDispatcher _dispatcher;
        private readonly CancellationTokenSource _stop = new();
        private readonly bool _waits;
        private readonly Task _running;

        public Node(string connectionString, bool waits)
        {
            _waits = waits;
            _store = DocumentStore.For(options => TestStore.Configure(options, connectionString));
            _dispatcher = new(_store, this, Hasty);
            _running = _dispatcher.RunAsync(_stop.Token);
        }

        public TimeSpan LimitOf(string kind) => TimeSpan.FromMinutes(10);

        public async Task<OutboxResult> SendAsync(OutboxDelivery delivery, CancellationToken ct)
        {
            await using var send = _store.OwnerDataSource.CreateCommand("insert into sent values ($1)");
            send.Parameters.Add(new NpgsqlParameter<string> { TypedValue = delivery.MessageId });
            await send.ExecuteNonQueryAsync(ct);
            while (_waits && !await MayEndAsync())
            {
                await Task.Delay(10, CancellationToken.None);
            }

            return OutboxResult.Done;
        }

        public void Report(OutboxIncident incident)
        {
            using var report = _store.OwnerDataSource.CreateCommand("insert into incidents values ($1)");
            report.Parameters.Add(new NpgsqlParameter<string> { TypedValue = incident.What.ToString() });
            report.ExecuteNonQuery();
        }

        public async ValueTask DisposeAsync()
        {
            await _stop.CancelAsync();
            await _running;
            _dispatcher.Dispose();
            await _store.DisposeAsync();
            _stop.Dispose();
        }

        private async Task<bool> MayEndAsync()
        {
            await using var ask = _store.OwnerDataSource.CreateCommand("select exists (select from may_end)");
            return (bool)(await ask.ExecuteScalarAsync(CancellationToken.None))!;
        }
    }
}
