using Npgsql;

namespace K12Hub.App.Tests.Faults;

/// <summary>What is stored in a database, table by table, without what differs between two runs of the same. What
/// nobody has written to since is not read again.</summary>
/// <param name="address">The database, as its owner.</param>
/// <param name="before">What was read of the database that it is a copy of; null when it is none.</param>
internal sealed class StoredTables(string address, StoredTables? before = null)
{
    // Keys are made before what needs them, and one of nobody tells nothing. How far a run is says nothing any more
    // when it is a minute old, so it may stay when the run has ended. Who is answered again reads again: records of
    // that are no effect.
    private const string Compared =
        """
          from es.guarded_tables() t
         where t <> 'es.subject_keys'::regclass and t::text not like all (array['roster.sync_progress%', 'es.audit_%'])
        """;

    // Whoever writes a row leaves the number of a transaction on it, and who deletes one makes them fewer.
    private const string Touched =
        $"""
        select string_agg(format('select %L, concat_ws('' '', count(*), max(xmin::text::bigint)) from %s', t, t),
          ' union all ')
        {Compared}
        """;

    // What differs are ids, moments, how long it took, positions, and what is sealed under random numbers.
    private const string Rows =
        $$"""
        select string_agg(format($f$
          select %L, count(*) || ' ' || md5(coalesce(string_agg(n.row, chr(10) order by n.row), ''))
            from (select regexp_replace((to_jsonb(x) - 'position')::text, '[0-9a-f]{8}-[0-9a-f-]{27}'
                      || '|\d{4}-\d\d-\d\dT[0-9:.+]+|"\$e": "[^"]+"|"hash": "[^"]+"|"duration_?[mM]s": \d+'
                      || '|\\\\x[0-9a-f]+', '*', 'g') as row
                    from %s x) n
          $f$, t, t), ' union all ')
        {{Compared}} and t::text = any($1)
        """;

    // A copy's rows bear the numbers of the transactions that wrote them where it was copied from.
    private readonly SortedDictionary<string, (string Touched, string Rows)> known =
        new(before?.known ?? [], StringComparer.Ordinal);

    /// <summary>A line for each table: its name, how many rows, and a digest of them.</summary>
    /// <param name="ct">Cancels.</param>
    public async Task<string> ReadAsync(CancellationToken ct)
    {
        await using var connection = new NpgsqlConnection(address);
        await connection.OpenAsync(ct);
        var touched = await AskAsync(connection, new(Touched, connection), ct);
        string[] anew = [.. touched.Where(table => known.GetValueOrDefault(table.Key).Touched != table.Value)
            .Select(table => table.Key)];
        if (anew.Length > 0)
        {
            var question = new NpgsqlCommand(Rows, connection) { Parameters = { new() { Value = anew } } };
            foreach (var (table, rows) in await AskAsync(connection, question, ct))
            {
                known[table] = (touched[table], rows);
            }
        }

        return string.Join('\n', known.Select(table => $"{table.Key} {table.Value.Rows}"));
    }

    /// <summary>What each table answers to a question that is made for all of them.</summary>
    private static async Task<Dictionary<string, string>> AskAsync(
        NpgsqlConnection connection, NpgsqlCommand question, CancellationToken ct)
    {
        await using var made = question;
        await using var ask = new NpgsqlCommand((string)(await made.ExecuteScalarAsync(ct))!, connection);
        await using var rows = await ask.ExecuteReaderAsync(ct);
        var answers = new Dictionary<string, string>(StringComparer.Ordinal);
        while (await rows.ReadAsync(ct)) answers.Add(rows.GetString(0), rows.GetString(1));
        return answers;
    }
}
