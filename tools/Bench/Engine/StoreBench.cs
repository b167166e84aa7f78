using System.Diagnostics;
using K12Hub.Bench.Measuring;
using K12Hub.EventStore;
using Npgsql;

namespace K12Hub.Bench.Engine;

/// <summary>What follows the log: projections in the background, rebuilds with readers who must not see a hole, and how
/// long it takes to ask what is settled while many write.</summary>
internal static class StoreBench
{
    private const int EventsOfAStream = 4;
    private const int Writers = 16;
    private const int Readers = 2;

    private static readonly DistrictId District = new(1);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(20);

    public static async Task RunAsync(int events, int seconds, CancellationToken ct)
    {
        await using var scratch = await Scratch.CreateAsync(ct);
        var address = new NpgsqlConnectionStringBuilder(await scratch.DatabaseAsync("store", ct))
        {
            MaxPoolSize = Writers + 8,
            MaxAutoPrepare = 50,
            AutoPrepareMinUsages = 2,
        }.ConnectionString;
        var database = new BenchDatabase(address, scratch.ApplicationOf(address));
        await using (var empty = StoreOn(database, _ => { }))
        {
            await empty.ApplySchemaAsync(ct);
            await FillAsync(empty, events, ct);
            SayMemory("appended in bulk", events);
        }

        await FollowAsync("of many streams", database, events, options =>
        {
            options.Tables.Add<TagRow>("bench.tags", 1, table => table.Key(row => row.Tag));
            options.Projections.Add<Tags>(ProjectionLifecycle.Async);
        }, ct);
        await FollowAsync("of one stream", database, events, options =>
        {
            options.Tables.Add<LastRow>("bench.last", 1, table => table.Key(row => row.Id).FollowsStream());
            options.Projections.Add<Last>(ProjectionLifecycle.Async);
        }, ct);
        SayMemory("projected twice", events);
        await RebuildAsync(database, events, ct);
        SayMemory("rebuilt", events);
        await AskSettledAsync(database, TimeSpan.FromSeconds(seconds), ct);
    }

    private static void SayMemory(string what, int events) => Console.WriteLine(
        $"{ProcessFigures.PeakMemory(Environment.ProcessId):0} MB of memory at most until {events:N0} were {what}");

    private static DocumentStore StoreOn(BenchDatabase database, Action<StoreOptions> more) =>
        DocumentStore.For(options =>
        {
            (options.ConnectionString, options.OwnerConnectionString) = (database.Application, database.Owner);
            options.Events.MapEventType<LineWritten>("line.written");
            options.Aggregates.Add<Page>("page", id => new(id, 0, ""), Page.Evolve);
            more(options);
        });

    private static async Task FillAsync(DocumentStore store, int events, CancellationToken ct)
    {
        await using var connection = await store.OwnerDataSource.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await store.BulkAppend.AppendAsync(connection, District, Events(events), EventMetadata.None, ct);
        await transaction.CommitAsync(ct);
        await using var analyze = new NpgsqlCommand("analyze es.events, es.streams", connection);
        await analyze.ExecuteNonQueryAsync(ct);
    }

    private static async IAsyncEnumerable<BulkEvent> Events(int count)
    {
        await Task.CompletedTask;
        var stream = Guid.Empty;
        for (var i = 0; i < count; i++)
        {
            if (i % EventsOfAStream == 0) stream = Guid.CreateVersion7();
            yield return new(stream, "page", new LineWritten($"The bus was late again, line {i}", i % 500));
        }
    }

    private static async Task FollowAsync(
        string what, BenchDatabase database, int events, Action<StoreOptions> more, CancellationToken ct)
    {
        await using var store = StoreOn(database, more);
        await store.ApplySchemaAsync(ct);
        var (watch, used) = (Stopwatch.StartNew(), Environment.CpuUsage.TotalTime);
        store.Daemon.StartAll();
        await store.WaitForNonStaleDataAsync(District, null, Longest, ct);
        var rate = events / watch.Elapsed.TotalSeconds;
        Console.WriteLine(
            $"projection in the background, rows {what,-16} {rate,9:0} events/s   "
            + $"{(Environment.CpuUsage.TotalTime - used).TotalSeconds / events * 1e6:0.0} µs of ours an event "
            + $"(load of the machine {ProcessFigures.Load})");
    }

    private static async Task RebuildAsync(BenchDatabase database, int events, CancellationToken ct)
    {
        await using var store = StoreOn(database, options =>
        {
            options.Tables.Add<LastRow>("bench.last", 1, table => table.Key(row => row.Id).FollowsStream());
            options.Projections.Add<Last>(ProjectionLifecycle.Async);
        });
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var rows = (events + EventsOfAStream - 1) / EventsOfAStream;
        var readers = Enumerable.Range(0, Readers).Select(_ => ReadAsync(store, rows, ended.Token)).ToList();
        var watch = Stopwatch.StartNew();
        await store.RebuildProjectionAsync("bench.last", null, ct);
        var took = watch.Elapsed.TotalSeconds;
        await ended.CancelAsync();
        var seen = await Task.WhenAll(readers);
        Console.WriteLine(
            $"rebuild of {events:N0} events with {Readers} readers     {took,9:0.0} s   {events / took:0} events/s, "
            + $"{seen.Sum(s => s.Readings)} readings, {seen.Sum(s => s.Holes)} holes");
    }

    private static async Task<(int Readings, int Holes)> ReadAsync(DocumentStore store, long rows, CancellationToken ct)
    {
        var (readings, holes) = (0, 0);
        while (!ct.IsCancellationRequested)
        {
            await using var count = store.OwnerDataSource.CreateCommand("select count(*) from bench.last");
            holes += (long)(await count.ExecuteScalarAsync(CancellationToken.None))! == rows ? 0 : 1;
            readings++;
        }

        return (readings, holes);
    }

    private static async Task AskSettledAsync(BenchDatabase database, TimeSpan duration, CancellationToken ct)
    {
        await using var store = StoreOn(database, _ => { });
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var writers = Enumerable.Range(0, Writers).Select(_ => WriteAsync(store, ended.Token)).ToList();
        await Task.Delay(TimeSpan.FromSeconds(1), ct);
        var asked = new List<double>();
        await using var connection = await store.DataSource.OpenConnectionAsync(ct);
        await using var ask = new NpgsqlCommand(
            "select es.settled(1::smallint), clock_timestamp() - statement_timestamp()", connection);
        await ask.PrepareAsync(ct);
        for (var watch = Stopwatch.StartNew(); watch.Elapsed < duration;)
        {
            await using var answer = await ask.ExecuteReaderAsync(ct);
            await answer.ReadAsync(ct);
            asked.Add(answer.GetTimeSpan(1).TotalMilliseconds);
        }

        await ended.CancelAsync();
        var written = (await Task.WhenAll(writers)).Sum();
        asked.Sort();
        Console.WriteLine(
            $"settled() under {Writers} writers, in the server      median {asked[asked.Count / 2]:0.00} ms, "
            + $"p99 {asked[asked.Count * 99 / 100]:0.00} ms ({asked.Count} asked, {written} appended)");
    }

    private static async Task<int> WriteAsync(DocumentStore store, CancellationToken ct)
    {
        var count = 0;
        for (; !ct.IsCancellationRequested; count++)
        {
            await using var session = store.LightweightSession(District);
            session.Events.StartStream<Page>(Guid.CreateVersion7(), new LineWritten("The bus was late again", 7));
            await session.SaveChangesAsync(CancellationToken.None);
        }

        return count;
    }

    private sealed record BenchDatabase(string Owner, string Application);

    private sealed record LineWritten(string Text, int Tag);

    private sealed record Page(Guid Id, int Lines, string Last)
    {
        public static Page Evolve(Page page, object happened) => happened is LineWritten line
            ? page with { Lines = page.Lines + 1, Last = line.Text }
            : page;
    }

    private sealed record LastRow(Guid Id, int Lines, string Text);

    private sealed class Last : SingleStreamProjection<Page, LastRow>
    {
        public override LastRow Row(Page aggregate) => new(aggregate.Id, aggregate.Lines, aggregate.Last);
    }

    private sealed record TagRow(int Tag, int Times, long LastPosition);

    private sealed class Tags : MultiStreamProjection<TagRow, int>
    {
        public Tags() => Identity<LineWritten>(line => line.Tag);

        public override TagRow Evolve(TagRow? row, int key, RecordedEvent happened) =>
            new(key, (row?.Times ?? 0) + 1, happened.Position);
    }
}
