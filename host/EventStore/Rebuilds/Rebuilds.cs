using System.Data;
using Npgsql;

namespace K12Hub.EventStore;

/// <summary>Starts rebuilds, one of a projection at a time, on whatever node.</summary>
internal sealed class Rebuilds(DocumentStore store)
{
    // Two keys, and never shared: no writer's announcement.
    private const string Lock = "select pg_advisory_xact_lock(20124, hashtext($1))";

    /// <summary>Rebuilds a projection.</summary>
    /// <param name="projector">The projection.</param>
    /// <param name="isNeeded">Asked once nobody else is rebuilding it.</param>
    /// <param name="progress">Told how far it has come.</param>
    /// <param name="ct">Gives it up; the old rows stay.</param>
    public async Task RunAsync(
        Projector projector,
        Func<NpgsqlConnection, Task<bool>> isNeeded,
        IProgress<RebuildProgress>? progress,
        CancellationToken ct)
    {
        var shadow = new ShadowTables(projector, (await store.RolesAsync(ct)).Application);

        // The transaction is idle but for this lock: it holds back no vacuum.
        await using var connection = await store.OwnerDataSource.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.ReadCommitted, ct);
        await using (var waiting = new NpgsqlCommand(Lock, connection) { CommandTimeout = 0 })
        {
            waiting.Parameters.Add(new NpgsqlParameter<string> { TypedValue = projector.Name });
            await waiting.ExecuteNonQueryAsync(ct);
        }

        if (!await isNeeded(connection))
        {
            return;
        }

        var log = new RebuildLog(store, projector, progress);
        await log.BeginAsync(ct);
        await new Rebuild(store, projector, log, shadow).RunAsync(ct);
    }

    /// <summary>Rebuilds what the program has in another version than the database, unless another node has done it
    /// meanwhile.</summary>
    public async Task RunOutdatedAsync(
        IEnumerable<Projector> outdated, IProgress<RebuildProgress>? progress, CancellationToken ct)
    {
        foreach (var projector in outdated)
        {
            await RunAsync(projector, connection => IsOutdatedAsync(connection, projector, ct), progress, ct);
        }
    }

    /// <summary>Whether a table is missing or of another version, or rows of the background are to be inline.</summary>
    public static async Task<bool> IsOutdatedAsync(
        NpgsqlConnection connection, Projector projector, CancellationToken ct)
    {
        foreach (var map in projector.Tables)
        {
            if (await ShadowTables.VersionAsync(connection, map, ct) != map.Version)
            {
                return true;
            }
        }

        return projector.Lifecycle is ProjectionLifecycle.Inline && await HasCheckpointAsync(connection, projector, ct);
    }

    private static async Task<bool> HasCheckpointAsync(
        NpgsqlConnection connection, Projector projector, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(
            "select exists (select from es.projections where name = $1 and mode <> 'retired')", connection)
        {
            Parameters = { new NpgsqlParameter<string> { TypedValue = projector.Checkpoint } },
        };
        return (bool)(await command.ExecuteScalarAsync(ct))!;
    }
}
