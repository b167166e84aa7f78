using System.Runtime.CompilerServices;

namespace K12Hub.EventStore.Tests;

public sealed class First_events_are_sent_while_others_are_made
{
    private const int Many = 1_500;

    private const string Log = "select stream_id, version, type, schema, data, actor from es.events order by stream_id";

    private const string Streams = "select stream_id, kind, version from es.streams order by 1";

    private const string Sending =
        """
        select count(*) from pg_stat_activity
         where datname = current_database() and query like 'copy es.events%' and state = 'active'
        """;

    private static readonly EventMetadata Nightly = new("job:nightly");

    [Fact]
    public async Task The_log_is_the_same_as_of_an_ordinary_append()
    {
        await using var test = await TestStore.CreateAsync();
        await using var ordinary = await TestStore.CreateAsync();
        var result = await AppendAsync(test, Numbers(0, Many), UntilSendingAsync(test), Numbers(Many, 2 * Many));
        await AppendInOrderAsync(ordinary, Numbers(0, 2 * Many));

        Assert.Equal(new(2 * Many, 2 * Many, 0, 2 * Many), result);
        Assert.Equal(await ordinary.RowsAsync(Log), await test.RowsAsync(Log));
        Assert.Equal(await ordinary.RowsAsync(Streams), await test.RowsAsync(Streams));
    }

    [Fact]
    public async Task Where_something_has_happened_it_is_an_ordinary_append()
    {
        await using var test = await TestStore.CreateAsync();
        await AppendAsync(test, Numbers(0, 10), Task.CompletedTask, []);
        var result = await AppendAsync(test, Numbers(0, Many), Task.CompletedTask, Numbers(Many, Many + 10));

        Assert.Equal(new(Many + 10, Many, 10, Many + 20), result);
        Assert.Equal(10, await test.CountAsync("es.streams where version = 2"));
    }

    [Fact]
    public async Task Two_events_of_one_stream_are_a_conflict_and_leave_nothing()
    {
        await using var test = await TestStore.CreateAsync();
        var conflict = await Assert.ThrowsAsync<ConcurrencyException>(
            () => AppendAsync(test, Numbers(0, Many), UntilSendingAsync(test), Numbers(Many - 1, Many)));
        Assert.Equal("two of the events are of one stream", conflict.Message);
        Assert.Equal(0, await test.CountAsync("es.events"));
    }

    [Fact]
    public async Task A_stream_that_should_be_further_is_a_conflict()
    {
        await using var test = await TestStore.CreateAsync();
        var ahead = A_bulk_append_equals_single_appends.Number(-7, 7) with { ExpectedVersion = 1 };
        var conflict = await Assert.ThrowsAsync<ConcurrencyException>(
            () => AppendAsync(test, Numbers(0, Many), UntilSendingAsync(test), [ahead]));
        Assert.Equal(ahead.StreamId, conflict.StreamId);
    }

    [Fact]
    public async Task What_fails_while_it_is_made_fails_the_append_and_leaves_nothing()
    {
        await using var test = await TestStore.CreateAsync();
        static IEnumerable<BulkEvent> Failing() => Numbers(Many, 2 * Many)
            .Append(null).Select(one => one ?? throw new InvalidDataException("the source broke off"));
        var failure = await Assert.ThrowsAsync<InvalidDataException>(
            () => AppendAsync(test, Numbers(0, Many), UntilSendingAsync(test), Failing()));
        Assert.Equal("the source broke off", failure.Message);
        Assert.Equal(0, await test.CountAsync("es.events"));
        await AppendAsync(test, Numbers(0, 10), Task.CompletedTask, []);
        Assert.Equal(10, await test.CountAsync("es.events"));
    }

    [Fact]
    public async Task What_fails_on_the_connection_before_stops_the_making()
    {
        await using var test = await TestStore.CreateAsync();
        var wasStopped = new TaskCompletionSource();
        async IAsyncEnumerable<BulkEvent> EndlessAsync([EnumeratorCancellation] CancellationToken ct)
        {
            await using var stopped = ct.Register(wasStopped.SetResult);
            await Task.Delay(Timeout.Infinite, ct);
            yield break;
        }

        await using var connection = await test.Store.OwnerDataSource.OpenConnectionAsync(TestStore.Ct);
        await using var transaction = await connection.BeginTransactionAsync(TestStore.Ct);
        await Assert.ThrowsAsync<InvalidDataException>(() => test.Store.BulkAppend.AppendOnePerStreamAsync(
            connection, Task.FromException(new InvalidDataException("rows")), TestStore.Lincoln,
            EndlessAsync(TestStore.Ct), Nightly, TestStore.Ct));
        await wasStopped.Task;
    }

    private static IEnumerable<BulkEvent> Numbers(int from, int to) =>
        Enumerable.Range(from, to - from).Select(i => A_bulk_append_equals_single_appends.Number(i, i));

    /// <summary>Ends when the log is being sent, which cannot be before there is something to send.</summary>
    private static async Task UntilSendingAsync(TestStore test)
    {
        while (await test.ScalarAsync<long>(Sending) == 0)
        {
            await Task.Delay(10, TestStore.Ct);
        }
    }

    private static async Task<BulkAppendResult> AppendAsync(
        TestStore test, IEnumerable<BulkEvent> first, Task between, IEnumerable<BulkEvent> then)
    {
        var ready = new TaskCompletionSource();
        async IAsyncEnumerable<BulkEvent> Events()
        {
            foreach (var one in first) yield return one;
            ready.SetResult();
            await between;
            foreach (var one in then) yield return one;
        }

        await using var connection = await test.Store.OwnerDataSource.OpenConnectionAsync(TestStore.Ct);
        await using var transaction = await connection.BeginTransactionAsync(TestStore.Ct);
        var result = await test.Store.BulkAppend.AppendOnePerStreamAsync(
            connection, ready.Task, TestStore.Lincoln, Events(), Nightly, TestStore.Ct);
        await transaction.CommitAsync(TestStore.Ct);
        return result;
    }

    private static async Task AppendInOrderAsync(TestStore test, IEnumerable<BulkEvent> events)
    {
        await using var connection = await test.Store.OwnerDataSource.OpenConnectionAsync(TestStore.Ct);
        await using var transaction = await connection.BeginTransactionAsync(TestStore.Ct);
        await test.Store.BulkAppend.AppendAsync(
            connection, TestStore.Lincoln, events.ToAsyncEnumerable(), Nightly, TestStore.Ct);
        await transaction.CommitAsync(TestStore.Ct);
    }
}
