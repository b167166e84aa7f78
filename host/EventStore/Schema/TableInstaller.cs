using System.Globalization;
using Npgsql;

namespace K12Hub.EventStore;

/// <summary>Makes the read tables and their views. A table that exists must have the shape the program has.</summary>
internal static class TableInstaller
{
    public static async Task<List<string>> InstallAsync(
        NpgsqlConnection connection, TableMaps tables, CancellationToken ct)
    {
        var known = await SchemaInstaller.ChecksumsAsync(
            connection, "select name, version || ' ' || checksum from es.read_tables", ct);
        var made = new List<string>();
        foreach (var map in tables.All)
        {
            var ddl = TableDdl.CreateTable(map);
            var shape = string.Create(CultureInfo.InvariantCulture, $"{map.Version} {Checksum.Of(ddl)}");
            if (!known.TryGetValue(map.View, out var stored))
            {
                await SchemaInstaller.RunAsync(connection, ddl + TableDdl.CreateView(map), ct);
                await RememberAsync(connection, map, Checksum.Of(ddl), ct);
                made.Add(map.Table);
            }
            else if (stored != shape)
            {
                throw Differs(map, stored[..stored.IndexOf(' ', StringComparison.Ordinal)]);
            }
        }

        return made;
    }

    private static SchemaException Differs(TableMap map, string stored) =>
        stored == map.Version.ToString(CultureInfo.InvariantCulture)
            ? new($"{map.Row.Name} no longer has the shape of {map.Table}. A changed shape is a new version: raise it.")
            : new($"{map.View} is at version {stored}, this program wants {map.Version}: the table must be rebuilt.");

    private static async Task RememberAsync(
        NpgsqlConnection connection, TableMap map, string checksum, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(
            "insert into es.read_tables (name, version, checksum) values ($1, $2, $3)", connection)
        {
            Parameters = { new() { Value = map.View }, new() { Value = map.Version }, new() { Value = checksum } },
        };
        await command.ExecuteNonQueryAsync(ct);
    }
}
