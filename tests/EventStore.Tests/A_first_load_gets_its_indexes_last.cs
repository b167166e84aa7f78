using System.Data;
using Npgsql;

namespace K12Hub.EventStore.Tests;

public sealed class A_first_load_gets_its_indexes_last
{
    private const int Many = 1_500;

    private const string Definitions =
        """
        select conname as name, pg_get_constraintdef(oid) from pg_constraint where connamespace = 'es'::regnamespace
        union all
        select indexname, indexdef from pg_indexes where schemaname = 'es'
        order by 1, 2
        """;

    private const string LocksHere =
        """
        select count(*) from pg_locks
         where database = (select oid from pg_database where datname = current_database())
           and relation in ('es.streams'::regclass, 'es.events'::regclass)
        """;

    private const string LocksOfOneAlone = LocksHere + " and mode = 'AccessExclusiveLock' and granted";
    private const string Waiting = LocksHere + " and not granted";

    [Fact]
    public async Task Afterwards_every_key_and_index_is_as_it_was()
    {
        await using var test = await TestStore.CreateAsync();
        var before = await test.RowsAsync(Definitions);
        await using var load = await Load.BeginAsync(test);
        var result = await load.AppendAsync(Many);
        Assert.Equal(2, await test.ScalarAsync<long>(LocksOfOneAlone));
        Assert.Equal("30s", await load.ScalarAsync("show lock_timeout"));
        await load.CommitAsync();

        Assert.Equal(before, await test.RowsAsync(Definitions));
        Assert.Equal(new(Many, Many, 0, Many), result);
        Assert.Equal(Many, await test.CountAsync("es.streams"));
    }

    [Fact]
    public async Task Who_writes_meanwhile_waits_and_nobody_misses_anything()
    {
        await using var test = await TestStore.CreateAsync();
        await using var load = await Load.BeginAsync(test);
        await load.AppendAsync(Many);
        var other = test.WriteAsync(Guid.CreateVersion7(), "Meanwhile");
        while (await test.ScalarAsync<long>(Waiting) == 0)
        {
            await Task.Delay(10, TestStore.Ct);
        }

        await load.CommitAsync();
        await other;
        var page = await test.Store.Feed.ReadSettledAsync(TestStore.Lincoln, 0, 10_000, null, TestStore.Ct);
        Assert.Equal(Enumerable.Range(1, Many + 1).Select(i => (long)i), page.Events.Select(e => e.Position));
    }

    [Fact]
    public async Task Undone_it_leaves_the_keys_and_indexes_as_they_were()
    {
        await using var test = await TestStore.CreateAsync();
        var before = await test.RowsAsync(Definitions);
        await using (var load = await Load.BeginAsync(test))
        {
            await load.AppendAsync(Many);
        }

        Assert.Equal(before, await test.RowsAsync(Definitions));
        Assert.Equal(0, await test.CountAsync("es.events"));
    }

    [Fact]
    public async Task They_stay_when_something_has_happened_or_little_is_to_come()
    {
        await using var test = await TestStore.CreateAsync();
        await using (var small = await Load.BeginAsync(test))
        {
            await small.AppendAsync(100);
            Assert.Equal(0, await test.ScalarAsync<long>(LocksOfOneAlone));
        }

        await test.WriteAsync(Guid.CreateVersion7(), "First", TestStore.Franklin);
        await using var load = await Load.BeginAsync(test);
        await load.AppendAsync(Many);
        Assert.Equal(0, await test.ScalarAsync<long>(LocksOfOneAlone));
        await load.CommitAsync();
        Assert.Equal(Many + 1, await test.CountAsync("es.events"));
    }

    [Fact]
    public async Task What_the_caller_does_not_see_is_not_lost()
    {
        await using var test = await TestStore.CreateAsync();
        await using var load = await Load.BeginAsync(test, IsolationLevel.RepeatableRead);
        await load.ScalarAsync("select 1");
        await test.WriteAsync(Guid.CreateVersion7(), "Seen by others");
        Assert.Equal(0L, await load.ScalarAsync("select count(*) from es.events"));
        await load.AppendAsync(Many);
        await load.CommitAsync();

        Assert.Equal(Many + 1, await test.CountAsync("es.events"));
    }

    [Fact]
    public async Task They_stay_when_somebody_has_been_reading_the_empty_log_for_long()
    {
        await using var test = await TestStore.CreateAsync();
        await using var reader = await Load.BeginAsync(test);
        await reader.ScalarAsync("select count(*) from es.events");
        await using var load = await Load.BeginAsync(test);
        var result = await load.AppendAsync(Many);
        Assert.Equal(0, await test.ScalarAsync<long>(LocksOfOneAlone));
        Assert.Equal("30s", await load.ScalarAsync("show lock_timeout"));
        await load.CommitAsync();

        Assert.Equal(new(Many, Many, 0, Many), result);
        Assert.Equal(Many, await test.CountAsync("es.events"));
    }

    [Fact]
    public async Task A_stream_that_should_be_further_is_a_conflict()
    {
        await using var test = await TestStore.CreateAsync();
        await using var load = await Load.BeginAsync(test);
        var ahead = A_bulk_append_equals_single_appends.Number(7, 7) with { ExpectedVersion = 1 };
        var conflict = await Assert.ThrowsAsync<ConcurrencyException>(() => load.AppendAsync(Many, ahead));
        Assert.Equal(ahead.StreamId, conflict.StreamId);
    }

    /// <summary>A transaction on a connection of its own, undone unless committed.</summary>
    private sealed class Load(TestStore test, NpgsqlConnection connection, NpgsqlTransaction transaction)
        : IAsyncDisposable
    {
        public static async Task<Load> BeginAsync(
            TestStore test, IsolationLevel isolation = IsolationLevel.ReadCommitted)
        {
            var connection = await test.Store.OwnerDataSource.OpenConnectionAsync(TestStore.Ct);
            var load = new Load(test, connection, await connection.BeginTransactionAsync(isolation, TestStore.Ct));
            await load.ScalarAsync("set lock_timeout = '30s'");
            return load;
        }

        public Task<BulkAppendResult> AppendAsync(int count, params BulkEvent[] more)
        {
            var events = Enumerable.Range(0, count).Select(i => A_bulk_append_equals_single_appends.Number(i, i));
            return test.Store.BulkAppend.AppendAsync(
                connection, TestStore.Lincoln, more.Concat(events).ToAsyncEnumerable(), EventMetadata.None,
                TestStore.Ct);
        }

        public async Task<object?> ScalarAsync(string sql)
        {
            await using var command = new NpgsqlCommand(sql, connection);
            return await command.ExecuteScalarAsync(TestStore.Ct);
        }

        public Task CommitAsync() => transaction.CommitAsync(TestStore.Ct);

        public async ValueTask DisposeAsync()
        {
            await transaction.DisposeAsync();
            await connection.DisposeAsync();
        }
    }
}
