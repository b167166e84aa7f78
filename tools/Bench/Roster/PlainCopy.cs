using Npgsql;
using NpgsqlTypes;

namespace K12Hub.Bench.Roster;

/// <summary>What the same rows cost without a product around them.</summary>
internal static class PlainCopy
{
    private const string Columns = "id, a, b, c, d, reference, created_at, changed_at";

    private const string Table =
        "(id uuid primary key, a text not null, b text not null, c text not null, d text not null, "
        + "reference uuid not null, created_at timestamptz not null, changed_at timestamptz not null)";

    private static readonly DateTime Stamp = new(2026, 8, 17, 0, 0, 0, DateTimeKind.Utc);

    /// <summary>Binary COPY into one table with a key, in one transaction.</summary>
    public static async Task FirstLoadAsync(NpgsqlConnection connection, IReadOnlyList<PlainRow> rows,
        CancellationToken ct)
    {
        await ExecuteAsync(connection, $"create table plain {Table}", ct);
        await CopyAsync(connection, "plain", rows, ct);
    }

    /// <summary>Binary COPY into a temporary table, then a full join that finds nothing to change.</summary>
    public static async Task NoChangeAsync(NpgsqlConnection connection, IReadOnlyList<PlainRow> rows,
        CancellationToken ct)
    {
        await ExecuteAsync(connection, "analyze plain", ct);
        await ExecuteAsync(connection,
            $"create temp table sent {Table.Replace(" primary key", "", StringComparison.Ordinal)}", ct);
        await CopyAsync(connection, "sent", rows, ct);
        await ExecuteAsync(connection, "analyze sent", ct);
        await using var diff = new NpgsqlCommand(
            """
            select count(*) from plain p full join sent s using (id)
            where (p.a, p.b, p.c, p.d, p.reference) is distinct from (s.a, s.b, s.c, s.d, s.reference)
            """,
            connection);
        if (await diff.ExecuteScalarAsync(ct) is not 0L) throw new InvalidOperationException("The same rows differ.");
    }

    private static async Task CopyAsync(NpgsqlConnection connection, string table, IReadOnlyList<PlainRow> rows,
        CancellationToken ct)
    {
        // Synchronous writes: the driver's fastest way, so the bar is not lowered.
        await using var copy = await connection.BeginBinaryImportAsync($"copy {table} ({Columns}) from stdin binary",
            ct);
        foreach (var row in rows) Write(copy, row);
        await copy.CompleteAsync(ct);
    }

    private static void Write(NpgsqlBinaryImporter copy, PlainRow row)
    {
        copy.StartRow();
        copy.Write(row.Id, NpgsqlDbType.Uuid);
        copy.Write(row.A, NpgsqlDbType.Text);
        copy.Write(row.B, NpgsqlDbType.Text);
        copy.Write(row.C, NpgsqlDbType.Text);
        copy.Write(row.D, NpgsqlDbType.Text);
        copy.Write(row.Reference, NpgsqlDbType.Uuid);
        copy.Write(Stamp, NpgsqlDbType.TimestampTz);
        copy.Write(Stamp, NpgsqlDbType.TimestampTz);
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 300 };
        await command.ExecuteNonQueryAsync(ct);
    }
}
