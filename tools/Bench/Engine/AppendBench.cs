using System.Diagnostics;
using K12Hub.Bench.Measuring;
using K12Hub.EventStore;
using Npgsql;

namespace K12Hub.Bench.Engine;

/// <summary>One event per transaction from 1, 8 and 16 sessions, and five from 16, row and command id included, against
/// the barest insert that is as durable; then one event each with a log that grows tenfold.</summary>
internal static class AppendBench
{
    private static readonly (int Sessions, int Events)[] Loads = [(1, 1), (8, 1), (16, 1), (16, 5)];
    private const int SmallestLog = 10_000;
    private const int PerBulk = 1_000_000;
    private static readonly DistrictId District = new(1);

    private sealed record NoteWritten(string Text, int Number);

    private sealed class Note
    {
        public Guid Id { get; private init; }

        public string Text { get; private init; } = "";

        public static Note Create(Guid id, NoteWritten happened) => new() { Id = id, Text = happened.Text };
    }

    private sealed record NoteRow(Guid Id, string Text);

    private sealed class NoteList : SingleStreamProjection<Note, NoteRow>
    {
        public override NoteRow Row(Note aggregate) => new(aggregate.Id, aggregate.Text);
    }

    public static async Task RunAsync(int seconds, int largestLog, CancellationToken ct)
    {
        await using var scratch = await Scratch.CreateAsync(ct);
        var address = Address(await scratch.DatabaseAsync("append", ct));
        await using var database = NpgsqlDataSource.Create(address);
        await using var store = StoreOn(scratch, address);
        await store.ApplySchemaAsync(ct);
        await CreateBareAsync(database, ct);
        var duration = TimeSpan.FromSeconds(seconds);
        foreach (var (sessions, events) in Loads)
        {
            var bare = await RateAsync(sessions, duration, () => InsertAsync(database, events, ct));
            var ours = await RateAsync(sessions, duration, () => AppendAsync(store, events, ct));
            Console.WriteLine(
                $"{events} events a transaction, {sessions} sessions (load of the machine {ProcessFigures.Load})");
            Console.WriteLine($"  bare insert                      {bare * events,7:0} events/s");
            Console.WriteLine($"  event store, row and command id  {ours * events,7:0} events/s   "
                + $"{ours / bare:0.00} of the bare insert");
        }

        await using var growing = StoreOn(scratch, Address(await scratch.DatabaseAsync("growing", ct)));
        await growing.ApplySchemaAsync(ct);
        await GrowAsync(growing, duration, largestLog, ct);
    }

    private static string Address(string database) => new NpgsqlConnectionStringBuilder(database)
    {
        MaxPoolSize = Loads.Max(load => load.Sessions),
        MaxAutoPrepare = 50,
        AutoPrepareMinUsages = 2,
    }.ConnectionString;

    /// <summary>The same append with ten times as many events behind it each time.</summary>
    private static async Task GrowAsync(DocumentStore store, TimeSpan duration, int largestLog, CancellationToken ct)
    {
        for (var size = (long)SmallestLog; size <= largestLog; size *= 10)
        {
            for (var missing = size - await CountAsync(store, ct); missing > 0; missing -= PerBulk)
                await FillAsync(store, (int)Math.Min(PerBulk, missing), ct);

            await using (var vacuum = store.OwnerDataSource.CreateCommand("vacuum analyze es.events, es.streams"))
            {
                vacuum.CommandTimeout = 0;
                await vacuum.ExecuteNonQueryAsync(ct);
            }

            var rate = await RateAsync(1, duration, () => AppendAsync(store, 1, ct));
            var there = await CountAsync(store, ct);
            Console.WriteLine($"1 event a transaction, 1 session, {there,10:N0} events in the log: "
                + $"{1_000_000 / rate,5:0} µs each (load of the machine {ProcessFigures.Load})");
        }
    }

    private static async Task<long> CountAsync(DocumentStore store, CancellationToken ct)
    {
        await using var count = store.OwnerDataSource.CreateCommand("select count(*) from es.events");
        count.CommandTimeout = 0;
        return (long)(await count.ExecuteScalarAsync(ct))!;
    }

    private static async Task FillAsync(DocumentStore store, int events, CancellationToken ct)
    {
        await using var connection = await store.OwnerDataSource.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        var notes = Enumerable.Range(0, events).Select(n => new BulkEvent(
            Guid.CreateVersion7(), "note", new NoteWritten("The bus was late again", n)));
        await store.BulkAppend.AppendAsync(connection, District, notes.ToAsyncEnumerable(), EventMetadata.None, ct);
        await transaction.CommitAsync(ct);
    }

    private static async Task CreateBareAsync(NpgsqlDataSource database, CancellationToken ct)
    {
        await using var create = database.CreateCommand(
            """
            create table bare (position bigint generated always as identity primary key, stream uuid not null,
              version int not null, type text not null, data jsonb not null, unique (stream, version))
            """);
        await create.ExecuteNonQueryAsync(ct);
    }

    private static async Task InsertAsync(NpgsqlDataSource database, int events, CancellationToken ct)
    {
        await using var insert = database.CreateCommand(events == 1
            ? "insert into bare (stream, version, type, data) values ($1, 1, $2, $3::jsonb)"
            : "insert into bare (stream, version, type, data) "
                + "select $1, n, $2, $3::jsonb from generate_series(1, $4) n");
        insert.Parameters.Add(new() { Value = Guid.CreateVersion7() });
        insert.Parameters.Add(new() { Value = "note.written" });
        insert.Parameters.Add(new() { Value = """{"text":"The bus was late again","number":7}""" });
        if (events > 1) insert.Parameters.Add(new() { Value = events });
        await insert.ExecuteNonQueryAsync(ct);
    }

    private static DocumentStore StoreOn(Scratch scratch, string address) => DocumentStore.For(options =>
    {
        options.ConnectionString = scratch.ApplicationOf(address);
        options.OwnerConnectionString = address;
        options.Events.MapEventType<NoteWritten>("note.written");
        options.Aggregates.Add<Note>("note");
        options.Tables.Add<NoteRow>("bench.notes", 1, table => table.Key(row => row.Id).FollowsStream());
        options.Projections.Add<NoteList>(ProjectionLifecycle.Inline);
    });

    private static async Task AppendAsync(DocumentStore store, int events, CancellationToken ct)
    {
        await using var session = store.LightweightSession(District);
        session.IdentifyCommand(Guid.CreateVersion7());
        session.Events.StartStream<Note>(
            Guid.CreateVersion7(), Enumerable.Repeat<object>(new NoteWritten("The bus was late again", 7), events));
        await session.SaveChangesAsync(ct);
    }

    /// <summary>Warms up for as long as it then counts.</summary>
    private static async Task<double> RateAsync(int sessions, TimeSpan duration, Func<Task> transaction)
    {
        await CountAsync();
        return await CountAsync() / duration.TotalSeconds;

        async Task<int> CountAsync()
        {
            var watch = Stopwatch.StartNew();
            var counts = await Task.WhenAll(Enumerable.Range(0, sessions).Select(async _ =>
            {
                var count = 0;
                for (; watch.Elapsed < duration; count++) await transaction();
                return count;
            }));
            return counts.Sum();
        }
    }
}
