using Npgsql;

namespace K12Hub.EventStore;

/// <summary>What the guarantees rest on and a server can be configured to lack; asked once at start.</summary>
internal static class ServerChecks
{
    private const int OldestMajor = 15;

    private const string Question =
        """
        select current_setting('server_version_num')::integer / 10000,
               pg_is_in_recovery(),
               current_setting('fsync'),
               current_setting('full_page_writes'),
               current_setting('synchronous_commit'),
               current_setting('default_transaction_isolation'),
               current_setting('server_encoding'),
               s.seqcache, s.seqincrement, s.seqcycle,
               (select is_called from es.position_seq)
          from pg_sequence s where s.seqrelid = 'es.position_seq'::regclass
        """;

    // A checkpoint is never beyond what was handed out, and would skip what comes below it.
    private const string Furthest =
        """
        select s.last_value, greatest(
          (select coalesce(max(last.position), 0) from es.districts() d
             cross join lateral (select e.position from es.events e where e.tenant_id = d
                                  order by e.position desc limit 1) last),
          (select coalesce(max(p.position), 0) from es.projections p))
          from es.position_seq s
        """;

    /// <param name="source">Connections of the role the program works as.</param>
    /// <param name="owner">Connections of the owner, who sees all districts.</param>
    /// <param name="ct">Cancels.</param>
    public static async Task RunAsync(NpgsqlDataSource source, NpgsqlDataSource owner, CancellationToken ct)
    {
        await CheckServerAsync(source, ct);
        await CheckPositionsAsync(owner, ct);
    }

    private static async Task CheckPositionsAsync(NpgsqlDataSource owner, CancellationToken ct)
    {
        await using var command = owner.CreateCommand(Furthest);
        await using var reader = await command.ExecuteReaderAsync(ct);
        await reader.ReadAsync(ct);
        var (handedOut, furthest) = (reader.GetInt64(0), reader.GetInt64(1));
        Require(
            handedOut >= furthest,
            $"database.positions: es.position_seq stands at {handedOut}, but the log or a projection is at {furthest}: "
            + "the sequence is older than the rest, as after restoring some tables only. New events would be refused, "
            + "or be passed over by whoever reads. Stop every node, run select setval('es.position_seq', "
            + $"{furthest}) as the owner of the schema, and start again.");
    }

    private static async Task CheckServerAsync(NpgsqlDataSource source, CancellationToken ct)
    {
        await using var command = source.CreateCommand(Question);
        await using var reader = await command.ExecuteReaderAsync(ct);
        await reader.ReadAsync(ct);
        Require(reader.GetInt32(0) >= OldestMajor, $"PostgreSQL {OldestMajor} or later is needed.");
        Require(!reader.GetBoolean(1), "This server is a replica. The store writes and follows on the primary.");
        Require(reader.GetString(2) == "on", "fsync is off: acknowledged events could be lost. Turn it on.");
        Require(reader.GetString(3) == "on", "full_page_writes is off: a crash could destroy pages. Turn it on.");
        Require(
            reader.GetString(4) != "off",
            "synchronous_commit is off: acknowledged events could be lost. Set it to on or local.");
        Require(
            reader.GetString(5) == "read committed",
            "default_transaction_isolation must be read committed: a reader with an old snapshot skips events.");
        Require(reader.GetString(6) == "UTF8", "The database must be encoded in UTF8.");
        Require(
            reader.GetInt64(7) == 1 && reader.GetInt64(8) == 1 && !reader.GetBoolean(9),
            "es.position_seq was altered: cache 1, increment 1 and no cycle are what makes reading safe.");
        Require(reader.GetBoolean(10), "es.position_seq was reset: position 0 must be drawn before the first event.");
    }

    private static void Require(bool holds, string otherwise)
    {
        if (!holds)
        {
            throw new SchemaException(otherwise);
        }
    }
}
