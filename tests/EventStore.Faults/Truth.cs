using Npgsql;

namespace K12Hub.EventStore.Faults;

/// <summary>What must hold when all is quiet, each as the number of times it does not.</summary>
internal static class Truth
{
    private static readonly (string Name, string Sql)[] Checks =
    [
        ("holes", """
            select count(*) from (
              select s.version, count(e.*) as events, max(e.version) as last, min(e.version) as first
                from es.streams s left join es.events e using (tenant_id, stream_id)
               group by s.tenant_id, s.stream_id, s.version) x
             where x.events <> x.version or x.last <> x.version or x.first <> 1
            """),
        ("disorder", """
            select count(*) from (
              select position < lag(position) over (partition by stream_id order by version) as back
                from es.events) x where x.back
            """),
        ("lost", """
            select count(*) from acknowledged a
              left join (select data->>'command' as command, count(*) as events from es.events group by 1) e
                on e.command = a.command::text
             where not exists (select from es.commands c where c.command_id = a.command)
                or coalesce(e.events, 0) <> a.events
            """),
        ("doubled", """
            select count(*) from (
              select count(*) as events, max((data->>'of')::int) as wanted
                from es.events where (data->>'of')::int > 0 group by data->>'command') x
             where x.events <> x.wanted
            """),
        ("halves", """
            select count(*) from es.commands c
              full join (select distinct (data->>'command')::uuid as id from es.events
                          where (data->>'of')::int > 0) e on e.id = c.command_id
              full join (select replace(dedupe_key, '-', '')::uuid as id from es.outbox
                          where kind = 'faults.told') o on o.id = coalesce(c.command_id, e.id)
             where c.command_id is null or e.id is null or o.id is null
            """),
        ("stale rows", """
            select count(*) from es.streams s
              left join faults.ledgers r on r.tenant_id = s.tenant_id and r.id = s.stream_id
             where s.kind = 'ledger' and r.lines is distinct from s.version
            """),
        ("skipped", """
            select count(*) from es.streams s
              left join faults.counted c on c.tenant_id = s.tenant_id and c.id = s.stream_id
             where coalesce(c.lines, 0) < s.version
            """),
        ("counted twice", """
            select count(*) from faults.counted c
              left join es.streams s on s.tenant_id = c.tenant_id and s.stream_id = c.id
             where c.lines > coalesce(s.version, 0) or not c.in_order
            """),
        ("put aside", "select count(*) from es.dead_letters"),
    ];

    public static async Task<IReadOnlyList<(string Name, long Count)>> AskAsync(
        DocumentStore store, string folder, Follower follower, IEnumerable<Bulk> bulks)
    {
        await using var connection = await store.OwnerDataSource.OpenConnectionAsync();
        await TellAsync(connection, folder);

        // A crash forgets how many rows there are, and what is temporary nobody counts.
        await using (var count = new NpgsqlCommand("analyze", connection) { CommandTimeout = 120 })
        {
            await count.ExecuteNonQueryAsync();
        }

        var found = new List<(string, long)>();
        foreach (var (name, sql) in Checks)
        {
            await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 120 };
            found.Add((name, (long)(await command.ExecuteScalarAsync())!));
        }

        found.Add(("torn bulks", await TornAsync(connection, bulks)));
        found.Add(("unread", await DifferencesAsync(connection, follower.Positions)));
        return found;
    }

    /// <summary>How many events there are.</summary>
    public static async Task<long> EventsAsync(DocumentStore store)
    {
        await using var command = store.OwnerDataSource.CreateCommand("select count(*) from es.events");
        return (long)(await command.ExecuteScalarAsync())!;
    }

    private static async Task TellAsync(NpgsqlConnection connection, string folder)
    {
        await using var create = new NpgsqlCommand(
            "create temp table acknowledged (command uuid not null, events int not null)", connection);
        await create.ExecuteNonQueryAsync();
        await using var copy = await connection.BeginBinaryImportAsync(
            "copy acknowledged (command, events) from stdin binary");
        foreach (var (command, events) in Acknowledged.In(folder))
        {
            await copy.StartRowAsync();
            await copy.WriteAsync(command);
            await copy.WriteAsync(events);
        }

        await copy.CompleteAsync();
    }

    /// <summary>Transactions in bulk that are there in part, or were stored and are not there.</summary>
    private static async Task<long> TornAsync(NpgsqlConnection connection, IEnumerable<Bulk> bulks)
    {
        await using var command = new NpgsqlCommand(
            """
            select (e.data->>'command')::uuid, count(*) from es.events e join es.streams s using (tenant_id, stream_id)
             where s.kind = 'bulk' group by 1
            """, connection) { CommandTimeout = 120 };
        await using var rows = await command.ExecuteReaderAsync();
        var there = new Dictionary<Guid, long>();
        while (await rows.ReadAsync()) there.Add(rows.GetGuid(0), rows.GetInt64(1));
        return bulks.Count(bulk =>
            there.GetValueOrDefault(bulk.Id) is var events && events != bulk.Events && (bulk.IsStored || events > 0));
    }

    /// <summary>How far what a reader was given is from the log: positions missing, twice, or in another
    /// order.</summary>
    private static async Task<long> DifferencesAsync(NpgsqlConnection connection, IReadOnlyList<long> read)
    {
        await using var command = new NpgsqlCommand("select position from es.events order by position", connection);
        await using var rows = await command.ExecuteReaderAsync();
        var there = new List<long>();
        while (await rows.ReadAsync()) there.Add(rows.GetInt64(0));
        return there.SequenceEqual(read)
            ? 0
            : Math.Max(1, there.Except(read).Count() + read.Count - read.Distinct().Count());
    }
}
