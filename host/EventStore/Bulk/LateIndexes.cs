using Npgsql;

namespace K12Hub.EventStore;

/// <summary>Fills empty tables before their keys and indexes are made, which takes about half the time of filling both
/// at once. From taking them off until the caller's transaction ends, whoever uses the tables waits; they are empty,
/// so nobody waits for anything that is there.</summary>
/// <remarks>Empty means that the table's file is: no filter, snapshot or row-level security has a say in it. The file
/// is begun anew, because what a transaction writes into a file of its own goes straight to disk when it commits,
/// instead of into the write-ahead log first, where the server's <c>wal_level</c> is minimal.</remarks>
public sealed class LateIndexes
{
    /// <summary>Below this many rows it does not matter.</summary>
    private const int WorthIt = 1_000;

    private const string Place = "before_indexes";

    // With their table's constraints first: the index of a key goes with its constraint.
    private const string FindAll =
        """
        select format('alter table %s drop constraint %I', $1::text, conname),
               format('alter table %s add constraint %I %s', $1::text, conname, pg_get_constraintdef(oid))
          from pg_constraint
         where conrelid = $1::text::regclass and contype in ('p', 'u')
        union all
        select format('drop index %s', indexrelid::regclass), pg_get_indexdef(indexrelid)
          from pg_index
         where indrelid = $1::text::regclass
           and not exists (select from pg_constraint where conindid = indexrelid and contype in ('p', 'u', 'x'))
         order by 1
        """;

    private static readonly LateIndexes Stay = new(null, []);

    private readonly NpgsqlConnection? _connection;
    private readonly IReadOnlyList<string> _statements;

    private LateIndexes(NpgsqlConnection? connection, IReadOnlyList<string> statements) =>
        (_connection, _statements) = (connection, statements);

    /// <summary>Whether the tables are without keys and indexes, and nobody else's.</summary>
    public bool AreOff => _connection is not null;

    /// <summary>Takes keys and indexes off tables that are empty and are to get many rows. They stay when there are few
    /// rows to come, when a table has or had a row, when somebody reads or writes one for longer than two seconds (a
    /// backup, for instance), and when the tables are another role's or others refer to their keys.</summary>
    /// <param name="connection">A connection inside a transaction.</param>
    /// <param name="tables">Their names with schema, in the order in which writers lock them.</param>
    /// <param name="rows">How many rows are to come.</param>
    /// <param name="ct">Cancels; the caller's transaction must then be rolled back.</param>
    public static async Task<LateIndexes> TakeOffAsync(
        NpgsqlConnection connection, IReadOnlyList<string> tables, long rows, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(connection);
        ArgumentNullException.ThrowIfNull(tables);
        if (rows < WorthIt || !await AreEmptyAsync(connection, tables, ct))
        {
            return Stay;
        }

        await RunAsync(connection, $"savepoint {Place}", ct);
        if (await TryDropAsync(connection, tables, ct) is { } statements)
        {
            await RunAsync(connection, $"release savepoint {Place}", ct);
            return new(connection, statements);
        }

        await RunAsync(connection, $"rollback to savepoint {Place}; release savepoint {Place}", ct);
        return Stay;
    }

    /// <summary>Makes what was taken off again, the same in name and definition.</summary>
    public async Task PutBackAsync(CancellationToken ct)
    {
        foreach (var statement in _statements)
        {
            await RunAsync(_connection!, statement, ct);
        }
    }

    /// <returns>The statements that make everything again; null when it must stay.</returns>
    private static async Task<IReadOnlyList<string>?> TryDropAsync(
        NpgsqlConnection connection, IReadOnlyList<string> tables, CancellationToken ct)
    {
        try
        {
            await LockAsync(connection, tables, ct);
            if (!await AreEmptyAsync(connection, tables, ct))
            {
                return null;
            }

            await RunAsync(connection, $"truncate {string.Join(", ", tables)}", ct);
            return await DropAsync(connection, tables, ct);
        }
        catch (PostgresException no) when (no.SqlState
            is PostgresErrorCodes.LockNotAvailable
            or PostgresErrorCodes.InsufficientPrivilege
            or PostgresErrorCodes.DependentObjectsStillExist)
        {
            return null;
        }
    }

    private static async Task LockAsync(
        NpgsqlConnection connection, IReadOnlyList<string> tables, CancellationToken ct)
    {
        await using var patience = Command(connection, "show lock_timeout");
        var before = (string)(await patience.ExecuteScalarAsync(ct))!;
        await RunAsync(connection, "set local lock_timeout = '2s'", ct);
        await RunAsync(connection, $"lock table {string.Join(", ", tables)} in access exclusive mode", ct);
        await RunAsync(connection, $"set local lock_timeout = '{before}'", ct);
    }

    private static async Task<IReadOnlyList<string>> DropAsync(
        NpgsqlConnection connection, IReadOnlyList<string> tables, CancellationToken ct)
    {
        var (drops, statements) = (new List<string>(), new List<string>());
        foreach (var table in tables)
        {
            await using var command = Command(connection, FindAll);
            command.Parameters.Add(new() { Value = table });
            await using var found = await command.ExecuteReaderAsync(ct);
            while (await found.ReadAsync(ct))
            {
                drops.Add(found.GetString(0));
                statements.Add(found.GetString(1));
            }
        }

        foreach (var drop in drops)
        {
            await RunAsync(connection, drop, ct);
        }

        return statements;
    }

    private static async Task<bool> AreEmptyAsync(
        NpgsqlConnection connection, IReadOnlyList<string> tables, CancellationToken ct)
    {
        await using var command = Command(
            connection, "select sum(pg_relation_size(name::regclass)) = 0 from unnest($1::text[]) as name");
        command.Parameters.Add(new() { Value = tables.ToArray() });
        return (bool)(await command.ExecuteScalarAsync(ct))!;
    }

    private static async Task RunAsync(NpgsqlConnection connection, string sql, CancellationToken ct)
    {
        await using var command = Command(connection, sql);
        await command.ExecuteNonQueryAsync(ct);
    }

    /// <summary>Takes as long as it takes: making an index over millions of rows is one statement.</summary>
    private static NpgsqlCommand Command(NpgsqlConnection connection, string sql) =>
        new(sql, connection) { CommandTimeout = 0 };
}
