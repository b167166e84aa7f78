using System.Diagnostics;
using System.Globalization;
using Npgsql;

namespace K12Hub.EventStore.Faults;

/// <summary>What a run is made of.</summary>
/// <param name="Duration">How long harm is done.</param>
/// <param name="Seed">Everything random but time follows from it.</param>
/// <param name="Nodes">Processes.</param>
/// <param name="Writers">Writers of either kind in each.</param>
internal sealed record FaultOptions(TimeSpan Duration, int Seed, int Nodes, int Writers);

/// <summary>What was done to the store, beside the work of the nodes.</summary>
internal sealed record Load(Harm Harm, Crashes Crashes, BulkWriter Bulk);

/// <summary>One run: a server, nodes, harm, quiet, and then the truth.</summary>
internal sealed class FaultRun(FaultOptions options, FaultServer server, string folder)
{
    private static readonly TimeSpan ToEnd = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan ToCatchUp = TimeSpan.FromMinutes(3);

    /// <summary>Does it on a new database.</summary>
    /// <param name="design">The wrong design to break; null for the right one.</param>
    public async Task<Verdict> RunAsync(Design? design)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"{design?.Name ?? "right"}-{options.Seed}");
        var place = Directory.CreateDirectory(Path.Combine(folder, name)).FullName;
        var database = await DatabaseAsync($"faults_{name.Replace('-', '_')}");
        await using var store = Stores.Open(database, "faults-run");
        await store.ApplySchemaAsync(CancellationToken.None);
        if (design is not null) await ExecuteAsync(store.OwnerDataSource, design.Damage);

        var watch = Stopwatch.StartNew();
        var follower = new Follower(store);
        var load = await LoadAsync(database, place, store, follower);
        await WaitAsync(store);

        // The owner's connections have stood idle since before the crashes.
        store.OwnerDataSource.Clear();
        var wrong = await Truth.AskAsync(store, place, follower, load.Bulk.All);
        return new(
            options, watch.Elapsed, await Truth.EventsAsync(store), Acknowledged.In(place).Count(), load, wrong);
    }

    private async Task<Load> LoadAsync(string database, string place, DocumentStore store, Follower follower)
    {
        using var readingIsOver = new CancellationTokenSource();
        var reading = follower.RunAsync(readingIsOver.Token);
        await FirstEventAsync(store);
        using var over = new CancellationTokenSource(options.Duration);
        var slots = Enumerable.Range(0, options.Nodes).Select(n => new NodeSlot(generation => NodeProcess.Start(
            database, place, $"{n}-{generation}", options.Seed + (n * 1_000) + (generation * 100),
            options.Writers))).ToList();
        var (sessions, phases) = (new Sessions(database), new Phases(options.Duration));
        var load = new Load(
            new Harm(sessions, slots, new Random(options.Seed)),
            new Crashes(server, sessions, phases, new Random(options.Seed)),
            new BulkWriter(store, phases, new Random(options.Seed - 1)));
        await Task.WhenAll(
            load.Harm.DoAsync(over.Token), load.Crashes.DoAsync(over.Token), load.Bulk.DoAsync(over.Token),
            Strangers.RunAsync(database, over.Token));
        await Task.WhenAll(slots.Select(slot => slot.Process.EndAsync(ToEnd)));
        slots.ForEach(slot => slot.Dispose());
        await readingIsOver.CancelAsync();
        await reading;
        return load;
    }

    /// <summary>The first event ever takes its time to commit, while everybody reads already.</summary>
    private static async Task FirstEventAsync(DocumentStore store)
    {
        await using var connection = await store.OwnerDataSource.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await LateWriter.AppendAsync(connection, Guid.CreateVersion7(), 1);
        await Task.Delay(200);
        await transaction.CommitAsync();
    }

    private static async Task WaitAsync(DocumentStore store)
    {
        store.Daemon.StartAll();
        await store.WaitForNonStaleDataAsync(Stores.District, null, ToCatchUp, CancellationToken.None);
        await store.Daemon.StopAllAsync();
    }

    private async Task<string> DatabaseAsync(string name)
    {
        await using var source = NpgsqlDataSource.Create(server.ConnectionString);
        await ExecuteAsync(source, $"create database {name}");
        var address = new NpgsqlConnectionStringBuilder(server.ConnectionString) { Database = name };
        await ExecuteAsync(source, $"alter role {Stores.Application} password '{address.Password}'");
        return address.ConnectionString;
    }

    private static async Task ExecuteAsync(NpgsqlDataSource source, string sql)
    {
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
