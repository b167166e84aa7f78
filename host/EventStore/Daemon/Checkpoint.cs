using Npgsql;
using NpgsqlTypes;

namespace K12Hub.EventStore;

/// <summary>The row that says how far a projection has come in a district. Whoever locks it works; it moves in the
/// transaction that writes the rows, so that an event counts once whatever happens to whoever works.</summary>
internal static class Checkpoint
{
    // Erasures wait until the rows are stored, and what they did before is seen.
    private const string SetTenant =
        "select set_config('k12.tenant', $1, true), pg_advisory_xact_lock_shared(20123, $1::text::integer)";

    private const string Lock =
        """
        select position from es.projections
         where tenant_id = $1 and name = $2 and mode = 'async' for update skip locked
        """;

    private const string Settled = "select es.settled($1)";

    private const string Move =
        """
        update es.projections set position = $3, failure = null, updated_at = now() where tenant_id = $1 and name = $2
        """;

    private const string Pause =
        """
        update es.projections set mode = 'paused', failure = $3, updated_at = now()
         where tenant_id = $1 and name = $2
        """;

    private const string SetAside =
        """
        insert into es.dead_letters (tenant_id, projection, position, stream_id, type, failure, skipped)
        values ($1, $2, $3, $4, $5, $6, $7) on conflict do nothing
        """;

    /// <summary>Locks the row and asks, afterwards, what is settled: positions up to there can be read by the next
    /// statement.</summary>
    /// <returns>What is to be read; null when somebody else is at it, or it is not to be done.</returns>
    public static async Task<PageRange?> LockAsync(
        NpgsqlConnection connection, Projector projector, short tenant, CancellationToken ct)
    {
        await using var batch = new NpgsqlBatch(connection);
        batch.BatchCommands.Add(new(SetTenant)
        {
            Parameters = { new NpgsqlParameter<string> { TypedValue = tenant.ToString(null, null) } },
        });
        batch.BatchCommands.Add(Statement(Lock, projector, tenant));
        batch.BatchCommands.Add(new(Settled)
        {
            Parameters = { new NpgsqlParameter<short> { TypedValue = tenant } },
        });
        await using var rows = await batch.ExecuteReaderAsync(ct);
        await rows.NextResultAsync(ct);
        if (!await rows.ReadAsync(ct))
        {
            return null;
        }

        var position = rows.GetInt64(0);
        await rows.NextResultAsync(ct);
        await rows.ReadAsync(ct);
        return new(position, rows.GetInt64(0));
    }

    /// <summary>Writes rows and moves the row to their position, in one round trip.</summary>
    public static async Task MoveAsync(
        NpgsqlConnection connection,
        Projector projector,
        short tenant,
        long position,
        IEnumerable<NpgsqlBatchCommand> writes,
        CancellationToken ct)
    {
        await using var batch = new NpgsqlBatch(connection) { Timeout = RowSql.LongestSeconds };
        foreach (var write in writes)
        {
            batch.BatchCommands.Add(write);
        }

        var move = Statement(Move, projector, tenant);
        move.Parameters.Add(new NpgsqlParameter<long> { TypedValue = position });
        batch.BatchCommands.Add(move);
        await batch.ExecuteNonQueryAsync(ct);
    }

    /// <summary>Stops the projection before an event.</summary>
    public static async Task PauseAsync(
        NpgsqlConnection connection, Projector projector, short tenant, ProjectionFailure failure, CancellationToken ct)
    {
        await using var batch = new NpgsqlBatch(connection);
        var pause = Statement(Pause, projector, tenant);
        pause.Parameters.Add(Json(failure));
        batch.BatchCommands.Add(pause);
        await batch.ExecuteNonQueryAsync(ct);
    }

    /// <summary>Puts an event aside.</summary>
    /// <param name="projector">For which projection.</param>
    /// <param name="tenant">In which district.</param>
    /// <param name="failure">Which event, and why.</param>
    /// <param name="skipped">Whether a person said so.</param>
    public static NpgsqlBatchCommand DeadLetter(
        Projector projector, short tenant, ProjectionFailure failure, bool skipped)
    {
        var aside = Statement(SetAside, projector, tenant);
        aside.Parameters.Add(new NpgsqlParameter<long> { TypedValue = failure.Position });
        aside.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = failure.StreamId });
        aside.Parameters.Add(new NpgsqlParameter<string> { TypedValue = failure.Type });
        aside.Parameters.Add(Json(failure));
        aside.Parameters.Add(new NpgsqlParameter<bool> { TypedValue = skipped });
        return aside;
    }

    private static NpgsqlBatchCommand Statement(string sql, Projector projector, short tenant) => new(sql)
    {
        Parameters =
        {
            new NpgsqlParameter<short> { TypedValue = tenant },
            new NpgsqlParameter<string> { TypedValue = projector.Checkpoint },
        },
    };

    private static NpgsqlParameter Json(ProjectionFailure failure) =>
        new() { Value = failure.ToJson(), NpgsqlDbType = NpgsqlDbType.Jsonb };
}
