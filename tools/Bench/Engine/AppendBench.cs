using System.Diagnostics;
using K12Hub.Bench.Measuring;
using K12Hub.EventStore;
using Npgsql;

namespace K12Hub.Bench.Engine;

/// <summary>One event per transaction from 1, 8 and 16 sessions, row and command id included, against the barest insert
/// that is as durable.</summary>
internal static class AppendBench
{
    private static readonly int[] Sessions = [1, 8, 16];

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
            MaxPoolSize = Sessions.Max(),
            MaxAutoPrepare = 50,
            AutoPrepareMinUsages = 2,
        };
        await using var database = NpgsqlDataSource.Create(address);
        await using var store = StoreOn(database);
        await store.ApplySchemaAsync(ct);
        await CreateBareAsync(database, ct);
        foreach (var sessions in Sessions)
        {
            var bare = await RateAsync(sessions, TimeSpan.FromSeconds(seconds), () => InsertAsync(database, ct));
            var ours = await RateAsync(sessions, TimeSpan.FromSeconds(seconds), () => AppendAsync(store, ct));
            Console.WriteLine(
                $"one event a transaction, {sessions} sessions (load of the machine {ProcessFigures.Load})");
            Console.WriteLine($"  bare insert                      {bare,7:0} /s");
            Console.WriteLine(
                $"  event store, row and command id  {ours,7:0} /s   {ours / bare:0.00} of the bare insert");
        }
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

    private static async Task InsertAsync(NpgsqlDataSource database, CancellationToken ct)
    {
        await using var insert = database.CreateCommand(
            "insert into bare (stream, version, type, data) values ($1, 1, $2, $3::jsonb)");
        insert.Parameters.Add(new() { Value = Guid.CreateVersion7() });
        insert.Parameters.Add(new() { Value = "note.written" });
        insert.Parameters.Add(new() { Value = """{"text":"The bus was late again","number":7}""" });
        await insert.ExecuteNonQueryAsync(ct);
    }

    private static DocumentStore StoreOn(NpgsqlDataSource database) => DocumentStore.For(options =>
    {
        options.DataSource = database;
        options.Events.MapEventType<NoteWritten>("note.written");
        options.Aggregates.Add<Note>("note");
        options.Tables.Add<NoteRow>("bench.notes", 1, table => table.Key(row => row.Id).FollowsStream());
        options.Projections.Add<NoteList>(ProjectionLifecycle.Inline);
    });

    private static async Task AppendAsync(DocumentStore store, CancellationToken ct)
    {
        await using var session = store.LightweightSession(new DistrictId(1));
        session.IdentifyCommand(Guid.CreateVersion7());
        session.Events.StartStream<Note>(Guid.CreateVersion7(), new NoteWritten("The bus was late again", 7));
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
