using System.Diagnostics;
using K12Hub.Bench.Measuring;
using K12Hub.EventStore;
using Npgsql;

namespace K12Hub.Bench.Engine;

/// <summary>As many events as a large district has people, one per stream, in one transaction: first as new streams,
/// then once more on the same ones.</summary>
internal static class BulkBench
{
    private const int Seed = 1;

    private sealed record PersonAdded(
        string SourcedId, string GivenName, string FamilyName, string Email, Guid School, bool Enabled);

    public static async Task RunAsync(int rows, CancellationToken ct)
    {
        await using var scratch = await Scratch.CreateAsync(ct);
        var address = new NpgsqlConnectionStringBuilder(await scratch.DatabaseAsync("bulk", ct))
        {
            CommandTimeout = 600,
        };
        await using var store = DocumentStore.For(options =>
        {
            options.ConnectionString = scratch.ApplicationOf(address.ConnectionString);
            options.OwnerConnectionString = address.ConnectionString;
            options.Events.MapEventType<PersonAdded>("bench.person_added");
        });
        await store.ApplySchemaAsync(ct);
        var plain = await PlainAsync(store.DataSource, rows, ct);
        Console.WriteLine($"{rows} events in one transaction (load of the machine {ProcessFigures.Load})");
        Console.WriteLine($"  COPY into one keyed table   {plain.TotalSeconds,7:0.00} s");
        foreach (var streams in new[] { "new streams", "known streams" })
        {
            var ours = await AppendAsync(store, rows, ct);
            var ratio = ours / plain;
            var peak = ProcessFigures.PeakMemory(Environment.ProcessId);
            Console.WriteLine(
                $"  bulk append, {streams,-13}  {ours.TotalSeconds,7:0.00} s   {ratio:0.00} x, peak {peak:0} MB");
        }
    }

    private static async Task<TimeSpan> AppendAsync(DocumentStore store, int rows, CancellationToken ct)
    {
        await using var connection = await store.OwnerDataSource.OpenConnectionAsync(ct);
        var watch = Stopwatch.StartNew();
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await store.BulkAppend.AppendAsync(
            connection, new(1), People(rows).ToAsyncEnumerable(), EventMetadata.None, ct);
        await transaction.CommitAsync(ct);
        return watch.Elapsed;
    }

    private static async Task<TimeSpan> PlainAsync(NpgsqlDataSource database, int rows, CancellationToken ct)
    {
        await using var connection = await database.OpenConnectionAsync(ct);
        await using var create = new NpgsqlCommand(
            """
            create table plain (id uuid primary key, sourced_id text not null, given_name text not null,
              family_name text not null, email text not null, school uuid not null, enabled boolean not null)
            """,
            connection);
        await create.ExecuteNonQueryAsync(ct);
        var watch = Stopwatch.StartNew();
        await using (var copy = await connection.BeginBinaryImportAsync("copy plain from stdin binary", ct))
        {
            foreach (var person in People(rows)) Write(copy, person);
            await copy.CompleteAsync(ct);
        }

        return watch.Elapsed;
    }

    private static void Write(NpgsqlBinaryImporter copy, BulkEvent person)
    {
        var facts = (PersonAdded)person.Event;
        copy.StartRow();
        copy.Write(person.StreamId);
        copy.Write(facts.SourcedId);
        copy.Write(facts.GivenName);
        copy.Write(facts.FamilyName);
        copy.Write(facts.Email);
        copy.Write(facts.School);
        copy.Write(facts.Enabled);
    }

    /// <summary>Ids in no order, as hashes are.</summary>
    private static IEnumerable<BulkEvent> People(int rows)
    {
        var random = new Random(Seed);
        var id = new byte[16];
        for (var i = 0; i < rows; i++)
        {
            random.NextBytes(id);
            var facts = new PersonAdded($"u{i}", "Ana", $"Ortiz {i}", "ana.ortiz@example.org", new(id), Enabled: true);
            yield return new(new(id), "person", facts);
        }
    }
}
