using Npgsql;

namespace K12Hub.EventStore;

/// <summary>The tables of a rebuild: beside the tables that are read, in a schema of their own, under the names they
/// will have. A view is then pointed at its new table and the table moved to its place, in one transaction.</summary>
internal sealed class ShadowTables
{
    // What whoever else may do with the view must survive making it anew.
    private const string FindGrants =
        """
        select format('grant %s on %s to %s', a.privilege_type, c.oid::regclass,
                      case a.grantee when 0 then 'public' else quote_ident(pg_get_userbyid(a.grantee)) end)
          from pg_class c cross join lateral aclexplode(c.relacl) a
         where c.oid = $1::text::regclass and a.grantee <> c.relowner
        """;

    private const string Remember =
        """
        insert into es.read_tables (name, version, checksum) values ($1, $2, $3)
        on conflict (name) do update set version = excluded.version, checksum = excluded.checksum, created_at = now()
        """;

    private readonly IReadOnlyList<TableMap> _tables;
    private readonly string _application;

    /// <param name="projector">Whose rows they hold.</param>
    /// <param name="application">The role the program works as.</param>
    public ShadowTables(Projector projector, string application)
    {
        (_tables, _application) = (projector.Tables, application);
        Target = new(_tables, NameOf);
    }

    /// <summary>Where a projector writes to fill them.</summary>
    public RowTarget Target { get; }

    /// <summary>Makes the schemas they are in. Outside of a transaction: another rebuild may make the same at the same
    /// moment, for which <c>if not exists</c> does not wait.</summary>
    public async Task CreateSchemasAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        foreach (var schema in _tables.Select(SchemaOf).Distinct())
        {
            try
            {
                await RunAsync(connection, $"create schema if not exists {schema}", ct);
            }
            catch (PostgresException raced) when (raced.SqlState
                is PostgresErrorCodes.UniqueViolation or PostgresErrorCodes.DuplicateSchema)
            {
                // The other one made it.
            }
        }
    }

    /// <summary>Makes them, in place of what a rebuild left behind that was killed.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="bare">Without keys and indexes, to be filled by COPY.</param>
    /// <param name="ct">Cancels.</param>
    public async Task CreateAsync(NpgsqlConnection connection, bool bare, CancellationToken ct)
    {
        await DropAsync(connection, ct);
        foreach (var map in _tables)
        {
            // Together, as one transaction: an erasure that sees the table may clear it.
            var ddl = bare
                ? TableDdl.CreateBare(map, SchemaOf(map))
                : TableDdl.CreateTable(map, SchemaOf(map)) + Guarding(NameOf(map));
            await RunAsync(connection, ddl, ct);
        }
    }

    public async Task AddKeysAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        foreach (var map in _tables)
        {
            await RunAsync(connection, TableDdl.CreateKeys(map, SchemaOf(map)) + $"analyze {NameOf(map)};\n", ct);
            await GuardAsync(connection, NameOf(map), ct);
        }
    }

    public async Task DropAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        foreach (var map in _tables)
        {
            await RunAsync(connection, $"drop table if exists {NameOf(map)}", ct);
        }
    }

    /// <summary>Deletes what was read of districts that were destroyed meanwhile, by somebody who could not see a table
    /// that was just being filled.</summary>
    public async Task ForgetAsync(NpgsqlConnection connection, IEnumerable<short> tenants, CancellationToken ct)
    {
        foreach (var tenant in tenants)
        {
            foreach (var map in _tables)
            {
                await RunAsync(connection, $"delete from {NameOf(map)} where tenant_id = {tenant}", ct);
            }
        }
    }

    /// <summary>Puts them in the place of the tables that are read, which go.</summary>
    public async Task SwapAsync(NpgsqlConnection connection, CancellationToken ct)
    {
        foreach (var map in _tables)
        {
            await PointViewAsync(connection, map, ct);
            await GuardAsync(connection, map.View, ct);
            if (await VersionAsync(connection, map, ct) is { } old)
            {
                await RunAsync(connection, $"drop table if exists {new TableName(map.View, old).Table}", ct);
            }

            await RunAsync(connection, $"alter table {NameOf(map)} set schema {map.Schema}", ct);
            await GuardAsync(connection, map.Table, ct);
            await RememberAsync(connection, map, ct);
        }
    }

    /// <summary>The version of a table that is read now; null when there is none.</summary>
    public static async Task<int?> VersionAsync(NpgsqlConnection connection, TableMap map, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand("select version from es.read_tables where name = $1", connection)
        {
            Parameters = { new NpgsqlParameter<string> { TypedValue = map.View } },
        };
        return await command.ExecuteScalarAsync(ct) as int?;
    }

    private static string SchemaOf(TableMap map) => map.Schema + "_next";

    private static string NameOf(TableMap map) => $"{SchemaOf(map)}.{map.Name.Bare}";

    /// <summary>A view may get columns at its end; for any other change it is made anew.</summary>
    private static async Task PointViewAsync(NpgsqlConnection connection, TableMap map, CancellationToken ct)
    {
        var create = $"create schema if not exists {map.Schema};\n" + TableDdl.CreateView(map, NameOf(map));
        await RunAsync(connection, "savepoint before_view", ct);
        try
        {
            await RunAsync(connection, create, ct);
        }
        catch (PostgresException differs) when (differs.SqlState is PostgresErrorCodes.InvalidTableDefinition)
        {
            await RunAsync(connection, "rollback to savepoint before_view", ct);
            var grants = await GrantsAsync(connection, map, ct);
            await RunAsync(connection, $"drop view {map.View}", ct);
            await RunAsync(connection, string.Join(";\n", [create.TrimEnd().TrimEnd(';'), .. grants]), ct);
        }
    }

    private static async Task<List<string>> GrantsAsync(
        NpgsqlConnection connection, TableMap map, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(FindGrants, connection)
        {
            Parameters = { new NpgsqlParameter<string> { TypedValue = map.View } },
        };
        await using var row = await command.ExecuteReaderAsync(ct);
        var grants = new List<string>();
        while (await row.ReadAsync(ct))
        {
            grants.Add(row.GetString(0));
        }

        return grants;
    }

    private static async Task RememberAsync(NpgsqlConnection connection, TableMap map, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(Remember, connection)
        {
            Parameters =
            {
                new NpgsqlParameter<string> { TypedValue = map.View },
                new NpgsqlParameter<int> { TypedValue = map.Version },
                new NpgsqlParameter<string> { TypedValue = Checksum.Of(TableDdl.CreateTable(map)) },
            },
        };
        await command.ExecuteNonQueryAsync(ct);
    }

    private Task GuardAsync(NpgsqlConnection connection, string name, CancellationToken ct) =>
        RunAsync(connection, Guarding(name), ct);

    /// <summary>Has PostgreSQL keep districts apart in a table or view, and lets the program's role in.</summary>
    private string Guarding(string name)
    {
        var application = _application.Replace("'", "''", StringComparison.Ordinal);
        return $"select es.guard('{name}'::regclass), es.admit_to('{name}'::regclass, '{application}');\n";
    }

    /// <summary>An index over millions of rows takes as long as it takes.</summary>
    private static async Task RunAsync(NpgsqlConnection connection, string sql, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync(ct);
    }
}
