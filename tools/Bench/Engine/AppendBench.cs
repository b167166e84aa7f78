using System.Diagnostics;
using K12Hub.Bench.Measuring;
using K12Hub.EventStore;
using Npgsql;

namespace K12Hub.Bench.Engine;

/// <summary>One event per transaction from 16 sessions, row included, against the barest insert that is as
/// durable.</summary>
internal static class AppendBench
{
    private const int Sessions = 16;

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

    public static async Task RunAsync(int seconds, CancellationToken ct)
    {
        await using var scratch = await Scratch.CreateAsync(ct);
        var address = new NpgsqlConnectionStringBuilder(await scratch.DatabaseAsync("append", ct))
        {
            MaxPoolSize = Sessions,
            MaxAutoPrepare = 50,
            AutoPrepareMinUsages = 2,
        };
        await using var database = NpgsqlDataSource.Create(address);
        var raw = await RawAsync(database, TimeSpan.FromSeconds(seconds), ct);
        var store = await StoreAsync(database, TimeSpan.FromSeconds(seconds), ct);

        Console.WriteLine($"one event a transaction, {Sessions} sessions (load of the machine {ProcessFigures.Load})");
        Console.WriteLine($"  bare insert                     {raw,7:0} /s");
        Console.WriteLine($"  event store, inline row too     {store,7:0} /s   {store / raw:0.00} of the bare insert");
    }

    private static async Task<double> RawAsync(NpgsqlDataSource database, TimeSpan duration, CancellationToken ct)
    {
        await using var create = database.CreateCommand(
            """
            create table bare (position bigint generated always as identity primary key, stream uuid not null,
              version int not null, type text not null, data jsonb not null, unique (stream, version))
            """);
        await create.ExecuteNonQueryAsync(ct);
        return await RateAsync(duration, async () =>
        {
            await using var insert = database.CreateCommand(
                "insert into bare (stream, version, type, data) values ($1, 1, $2, $3::jsonb)");
            insert.Parameters.Add(new() { Value = Guid.CreateVersion7() });
            insert.Parameters.Add(new() { Value = "note.written" });
            insert.Parameters.Add(new() { Value = """{"text":"The bus was late again","number":7}""" });
            await insert.ExecuteNonQueryAsync(ct);
        });
    }

    private static async Task<double> StoreAsync(NpgsqlDataSource database, TimeSpan duration, CancellationToken ct)
    {
        await using var store = DocumentStore.For(options =>
        {
            options.DataSource = database;
            options.Events.MapEventType<NoteWritten>("note.written");
            options.Aggregates.Add<Note>("note");
            options.Tables.Add<NoteRow>("bench.notes", 1, table => table.Key(row => row.Id).FollowsStream());
            options.Projections.Add<NoteList>(ProjectionLifecycle.Inline);
        });
        await store.ApplySchemaAsync(ct);
        return await RateAsync(duration, async () =>
        {
            await using var session = store.LightweightSession(new DistrictId(1));
            session.Events.StartStream<Note>(Guid.CreateVersion7(), new NoteWritten("The bus was late again", 7));
            await session.SaveChangesAsync(ct);
        });
    }

    /// <summary>Warms up for as long as it then counts.</summary>
    private static async Task<double> RateAsync(TimeSpan duration, Func<Task> transaction)
    {
        await CountAsync();
        return await CountAsync() / duration.TotalSeconds;

        async Task<int> CountAsync()
        {
            var watch = Stopwatch.StartNew();
            var counts = await Task.WhenAll(Enumerable.Range(0, Sessions).Select(async _ =>
            {
                var count = 0;
                for (; watch.Elapsed < duration; count++) await transaction();
                return count;
            }));
            return counts.Sum();
        }
    }
}
