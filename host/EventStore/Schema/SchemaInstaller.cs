using Npgsql;

namespace K12Hub.EventStore;

/// <summary>Brings a database to the schema this program expects: one transaction, one node at a time.</summary>
internal static class SchemaInstaller
{
    // Two-key advisory locks cannot be mistaken for a writer's announcement, which is a one-key lock.
    private const string Lock = "select pg_advisory_xact_lock(20121, 1)";

    private const string Register =
        """
        create schema if not exists es;
        create table if not exists es.schema_scripts (
          name text primary key, checksum text not null, installed_at timestamptz not null default now());
        create table if not exists es.read_tables (
          name text primary key, version integer not null, checksum text not null,
          created_at timestamptz not null default now());
        """;

    /// <returns>What was done, and which projections are to be rebuilt before their tables can be used.</returns>
    public static async Task<(SchemaChanges Changes, IReadOnlyList<Projector> Outdated)> InstallAsync(
        NpgsqlDataSource source,
        DatabaseRoles roles,
        TableMaps tables,
        ProjectorSet projectors,
        CancellationToken ct)
    {
        await using var connection = await source.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await RunAsync(connection, Lock, ct);
        await RunAsync(connection, Register, ct);
        var changes = new List<string>();
        var installed = await ChecksumsAsync(connection, "select name, checksum from es.schema_scripts", ct);
        foreach (var script in SchemaScript.All())
        {
            if (Needed(script, installed))
            {
                await RunAsync(connection, script.Sql, ct);
                await RememberAsync(connection, script, ct);
                changes.Add(script.Name);
            }
        }

        await RunAsync(connection, "select es.audit_months(2)", ct);
        var (made, outdated) = await TableInstaller.InstallAsync(connection, tables, projectors, ct);
        changes.AddRange(made);
        await GuardAsync(connection, roles, ct);
        await transaction.CommitAsync(ct);
        await RunAsync(connection, "select es.note_positions()", ct);
        return (new(changes), outdated);
    }

    private static async Task GuardAsync(NpgsqlConnection connection, DatabaseRoles roles, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("select es.guard_all(), es.admit($1)", connection)
        {
            Parameters = { new NpgsqlParameter<string> { TypedValue = roles.Application } },
        };
        await command.ExecuteNonQueryAsync(ct);
    }

    private static bool Needed(SchemaScript script, Dictionary<string, string> installed)
    {
        if (!installed.TryGetValue(script.Name, out var checksum))
        {
            return true;
        }

        return checksum != script.Checksum && (!script.Once
            ? true
            : throw new SchemaException(
                $"{script.Name} differs from the one this database was made with. Scripts that ran are never "
                + "edited: put the change into a new one."));
    }

    private static async Task RememberAsync(NpgsqlConnection connection, SchemaScript script, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(
            """
            insert into es.schema_scripts (name, checksum) values ($1, $2)
            on conflict (name) do update set checksum = excluded.checksum, installed_at = now()
            """,
            connection) { Parameters = { new() { Value = script.Name }, new() { Value = script.Checksum } } };
        await command.ExecuteNonQueryAsync(ct);
    }

    internal static async Task RunAsync(NpgsqlConnection connection, string sql, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(ct);
    }

    internal static async Task<Dictionary<string, string>> ChecksumsAsync(
        NpgsqlConnection connection, string sql, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await using var reader = await command.ExecuteReaderAsync(ct);
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        while (await reader.ReadAsync(ct))
        {
            found.Add(reader.GetString(0), reader.GetString(1));
        }

        return found;
    }
}
