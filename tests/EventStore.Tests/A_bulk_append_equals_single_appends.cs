using Npgsql;

namespace K12Hub.EventStore.Tests;

public sealed class A_bulk_append_equals_single_appends
{
    private const string Log =
        """
        select stream_id, version, type, schema, data, actor,
               rank() over (partition by stream_id order by position) = version as in_order
          from es.events order by stream_id, version
        """;

    private static readonly EventMetadata Nightly = new("job:nightly", Guid.CreateVersion7(), Guid.CreateVersion7());

    [Fact]
    public async Task New_and_known_streams_get_the_same_log_either_way()
    {
        await using var bulk = await TestStore.CreateAsync();
        await using var single = await TestStore.CreateAsync();
        var events = Enumerable.Range(0, 600).Select(OpenThenAnswer).ToList();
        await AppendAsync(bulk, events[..100]);
        var second = await AppendAsync(bulk, events[100..]);
        foreach (var one in events)
        {
            await using var session = single.Store.LightweightSession(TestStore.Lincoln, Nightly);
            session.Events.Append<Inquiry>(one.StreamId, ExpectedVersion.Any, one.Event);
            await session.SaveChangesAsync(TestStore.Ct);
        }

        Assert.Equal(await single.RowsAsync(Log), await bulk.RowsAsync(Log));
        const string streams = "select stream_id, kind, version from es.streams order by 1";
        Assert.Equal(await single.RowsAsync(streams), await bulk.RowsAsync(streams));
        Assert.Equal(new(500, 99, 100, 600), second);
    }

    [Fact]
    public async Task Several_calls_may_be_part_of_one_transaction_and_read_from_its_connection()
    {
        await using var test = await TestStore.CreateAsync();
        await using var connection = await test.Store.OwnerDataSource.OpenConnectionAsync(TestStore.Ct);
        await using var transaction = await connection.BeginTransactionAsync(TestStore.Ct);
        var first = await test.Store.BulkAppend.AppendAsync(
            connection, TestStore.Lincoln, From(connection, "opened"), Nightly, TestStore.Ct);
        var second = await test.Store.BulkAppend.AppendAsync(
            connection, TestStore.Lincoln, From(connection, "answered"), Nightly, TestStore.Ct);
        Assert.Equal(0, await test.CountAsync("es.events"));
        Assert.Equal(0, await test.Store.Feed.SettledAsync(TestStore.Lincoln, TestStore.Ct));
        await transaction.CommitAsync(TestStore.Ct);

        Assert.Equal(new(5, 5, 0, 5), first);
        Assert.Equal(new(5, 0, 5, 10), second);
        Assert.Equal(10, await test.CountAsync("es.events"));
        Assert.Equal(10, await test.Store.Feed.SettledAsync(TestStore.Lincoln, TestStore.Ct));
    }

    [Fact]
    public async Task A_stream_at_another_version_is_a_conflict_and_an_archived_one_is_refused()
    {
        await using var test = await TestStore.CreateAsync();
        var (known, closed) = (new Guid(1, 0, 0, new byte[8]), new Guid(2, 0, 0, new byte[8]));
        await test.OpenAsync(known);
        await test.OpenAsync(closed);
        await using var session = test.Session();
        session.Events.ArchiveStream(closed);
        await session.SaveChangesAsync(TestStore.Ct);

        await AppendAsync(test, [new(known, "inquiry", new InquiryAnswered("1"), ExpectedVersion: 1)]);
        var conflict = await Assert.ThrowsAsync<ConcurrencyException>(
            () => AppendAsync(test, [new(known, "inquiry", new InquiryAnswered("2"), ExpectedVersion: 1)]));
        Assert.Equal(known, conflict.StreamId);
        await Assert.ThrowsAsync<ConcurrencyException>(
            () => AppendAsync(test, [new(known, "inquiry", new InquiryOpened("3"), ExpectedVersion.New)]));
        await Assert.ThrowsAsync<ConcurrencyException>(
            () => AppendAsync(test, [new(Id(3), "inquiry", new InquiryOpened("4"), ExpectedVersion: 1)]));
        await Assert.ThrowsAsync<StreamArchivedException>(
            () => AppendAsync(test, [new(closed, "inquiry", new InquiryAnswered("5"))]));
        Assert.Equal(3, await test.CountAsync("es.events where type <> 'es.stream_archived'"));
    }

    [Fact]
    public void What_does_not_fit_in_memory_is_put_aside_and_merged_in_order()
    {
        var options = new StoreOptions();
        TestStore.Configure(options, null);
        using var spool = new EventSpool(options.Events, bufferBytes: 2_000);
        for (var i = 0; i < 5_000; i++)
        {
            spool.Add(Number(i * 7919 % 500, i));
        }

        foreach (var _ in Enumerable.Range(0, 2))
        {
            var read = spool.Read().Select(r => (r.StreamId, Number: Text(spool, r))).ToList();
            Assert.Equal(5_000, read.Count);
            Assert.Equal(read.OrderBy(r => r.StreamId).ThenBy(r => r.Number), read);
        }
    }

    /// <summary>199 streams, each opened first, in a mixed order.</summary>
    private static BulkEvent OpenThenAnswer(int i) => i < 199
        ? new(Id(i * 7919 % 199), "inquiry", new InquiryOpened($"Number {i}"))
        : Number(i * 7919 % 199, i);

    private static int Text(EventSpool spool, SpoolRecord record) =>
        int.Parse(((InquiryAnswered)spool.Type(record).Read(1, record.Json)).Text, null);

    internal static BulkEvent Number(int stream, int number) =>
        new(Id(stream), "inquiry", new InquiryAnswered(number.ToString(null, null)));

    internal static Guid Id(int stream) => new(stream, 7, 0, new byte[8]);

    private static async Task<BulkAppendResult> AppendAsync(TestStore test, IReadOnlyList<BulkEvent> events)
    {
        await using var connection = await test.Store.OwnerDataSource.OpenConnectionAsync(TestStore.Ct);
        await using var transaction = await connection.BeginTransactionAsync(TestStore.Ct);
        var result = await test.Store.BulkAppend.AppendAsync(
            connection, TestStore.Lincoln, events.ToAsyncEnumerable(), Nightly, TestStore.Ct);
        await transaction.CommitAsync(TestStore.Ct);
        return result;
    }

    private static async IAsyncEnumerable<BulkEvent> From(NpgsqlConnection connection, string text)
    {
        await using var command = new NpgsqlCommand("select i from generate_series(1, 5) i", connection);
        await using var rows = await command.ExecuteReaderAsync();
        while (await rows.ReadAsync())
        {
            yield return new(Id(rows.GetInt32(0)), "inquiry", new InquiryAnswered(text));
        }
    }
}
