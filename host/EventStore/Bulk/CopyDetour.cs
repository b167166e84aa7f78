using Npgsql;

namespace K12Hub.EventStore;

/// <summary>PostgreSQL refuses COPY into a table whose row-level security binds whoever copies, as it does an owner
/// without BYPASSRLS. Such events are copied into a temporary table, and inserted from there.</summary>
internal static class CopyDetour
{
    public const string Names =
        "tenant_id, stream_id, version, event_id, type, schema, data, actor, correlation_id, causation_id, recorded_at";

    private const string Table =
        $"""
        create temp table if not exists es_bulk_events on commit drop as
          select {Names} from es.events where false;
        truncate es_bulk_events;
        """;

    // Read in the order written: a temporary table is scanned from its beginning, by one process.
    private const string Insert = $"insert into es.events ({Names}) select {Names} from es_bulk_events";

    /// <summary>Where to copy to.</summary>
    public const string Columns = $"es_bulk_events ({Names})";

    /// <summary>Prepares it where it is needed.</summary>
    /// <returns>False when the straight way is open.</returns>
    public static async Task<bool> TryPrepareAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        await using var ask = new NpgsqlCommand("select row_security_active('es.events')", connection);
        if (await ask.ExecuteScalarAsync(ct) is not true)
        {
            return false;
        }

        await SchemaInstaller.RunAsync(connection, Table, ct);
        return true;
    }

    /// <summary>Has what was copied arrive in the log.</summary>
    public static async Task ArriveAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        // Takes as long as it takes; the caller's token ends it.
        await using var insert = new NpgsqlCommand(Insert, connection) { CommandTimeout = 0 };
        await insert.ExecuteNonQueryAsync(ct);
    }
}
