using Npgsql;

namespace K12Hub.EventStore.Faults;

/// <summary>The sessions of nodes, as the server sees them.</summary>
internal sealed class Sessions(string database)
{
    private const string OfNodes =
        $"a.datname = current_database() and a.application_name like '{Stores.NodeName}%'";

    // Whoever has written down nothing only looked whether the checkpoint was free.
    private const string Holder =
        $"""
        select a.pid, a.backend_xid::text, a.application_name
          from pg_stat_activity a join pg_locks l using (pid)
         where {OfNodes} and l.relation = 'es.projections'::regclass and l.mode = 'RowShareLock' and l.granted
           and a.backend_xid is not null
         limit 1
        """;

    /// <summary>Asks about, or does something to, a session of a node, whichever it is.</summary>
    /// <returns>What came of it; null when there is none, or nobody to ask.</returns>
    public Task<int?> PickAsync(string what) => AskAsync<int?>(
        $"select {what} from (select pid from pg_stat_activity a where {OfNodes} order by random() limit 1) one",
        row => row.GetInt32(0));

    /// <summary>A session that holds the checkpoint of a projection.</summary>
    public Task<Lease?> FindLeaseAsync() =>
        AskAsync(Holder, row => new Lease(row.GetInt32(0), row.GetString(1), row.GetString(2)));

    /// <summary>Whether it holds it still.</summary>
    public async Task<bool> IsHeldAsync(Lease lease) => await AskAsync<int?>(
        $"select 1 from pg_stat_activity where pid = {lease.Session} and backend_xid::text = '{lease.Transaction}'",
        row => row.GetInt32(0)) is not null;

    /// <summary>Cuts a session off.</summary>
    public Task CutAsync(int session) =>
        AskAsync<int?>($"select pg_terminate_backend({session})::int", row => row.GetInt32(0));

    private async Task<T?> AskAsync<T>(string sql, Func<NpgsqlDataReader, T> read)
    {
        try
        {
            await using var connection = new NpgsqlConnection(database);
            await connection.OpenAsync();
            await using var command = new NpgsqlCommand(sql, connection);
            await using var row = await command.ExecuteReaderAsync();
            return await row.ReadAsync() ? read(row) : default;
        }
        catch (Exception down) when (down is NpgsqlException or IOException or TimeoutException)
        {
            // The server is just recovering from the last harm.
            return default;
        }
    }
}

/// <summary>A transaction that holds the checkpoint of a projection.</summary>
internal sealed record Lease(int Session, string Transaction, string Node);
