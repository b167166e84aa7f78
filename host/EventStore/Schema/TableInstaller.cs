using System.Globalization;
using Npgsql;

namespace K12Hub.EventStore;

/// <summary>Makes the read tables and their views. A table that exists must have the shape the program has, or a
/// projection that can make its rows anew.</summary>
internal static class TableInstaller
{
    /// <returns>The tables made, and the projections to rebuild.</returns>
    public static async Task<(List<string> Made, List<Projector> Outdated)> InstallAsync(
        NpgsqlConnection connection, TableMaps tables, ProjectorSet projectors, CancellationToken ct)
    {
        var known = await SchemaInstaller.ChecksumsAsync(
            connection, "select name, version || ' ' || checksum from es.read_tables", ct);
        foreach (var map in tables.All)
        {
            if (known.TryGetValue(map.View, out var stored))
            {
                Check(map, stored, canBeRebuilt: projectors.Writing(map) is not null);
            }
        }

        var outdated = await OutdatedAsync(connection, projectors, known, ct);
        var made = new List<string>();
        foreach (var map in tables.All.Where(map => !known.ContainsKey(map.View)))
        {
            if (projectors.Writing(map) is { } projector && outdated.Contains(projector))
            {
                continue;
            }

            var ddl = TableDdl.CreateTable(map);
            await SchemaInstaller.RunAsync(connection, ddl + TableDdl.CreateView(map), ct);
            await RememberAsync(connection, map, Checksum.Of(ddl), ct);
            made.Add(map.Table);
        }

        return (made, outdated);
    }

    private static async Task<List<Projector>> OutdatedAsync(
        NpgsqlConnection connection, ProjectorSet projectors, Dictionary<string, string> known, CancellationToken ct)
    {
        var outdated = new List<Projector>();
        foreach (var projector in projectors.All)
        {
            var isNew = projector.Tables.All(map => !known.ContainsKey(map.View));
            if (isNew ? await HasMissedEventsAsync(connection, projector, ct)
                : await Rebuilds.IsOutdatedAsync(connection, projector, ct))
            {
                outdated.Add(projector);
            }
            else if (projector.Lifecycle is ProjectionLifecycle.Async)
            {
                await ReviveAsync(connection, projector, ct);
            }
        }

        return outdated;
    }

    private static void Check(TableMap map, string stored, bool canBeRebuilt)
    {
        var split = stored.IndexOf(' ', StringComparison.Ordinal);
        var version = int.Parse(stored[..split], CultureInfo.InvariantCulture);
        if (version == map.Version && stored[(split + 1)..] != Checksum.Of(TableDdl.CreateTable(map)))
        {
            throw new SchemaException(
                $"{map.Row.Name} no longer has the shape of {map.Table}. A changed shape is a new version: raise it.");
        }

        if (version > map.Version)
        {
            throw new SchemaException(
                $"{map.View} is at version {version}, this program wants {map.Version}: it is older than the "
                + "database.");
        }

        if (version < map.Version && !canBeRebuilt)
        {
            throw new SchemaException(
                $"{map.View} is at version {version}, this program wants {map.Version}: the table must be rebuilt, and "
                + "no projection can do it.");
        }
    }

    /// <summary>Whether rows that are written with the events begin on a log that has some already.</summary>
    private static async Task<bool> HasMissedEventsAsync(
        NpgsqlConnection connection, Projector projector, CancellationToken ct)
    {
        if (projector is not StreamProjector { Lifecycle: ProjectionLifecycle.Inline } streams)
        {
            return false;
        }

        await using var command = new NpgsqlCommand(
            "select exists (select from es.streams where kind = $1)", connection)
        {
            Parameters = { new NpgsqlParameter<string> { TypedValue = streams.Kind } },
        };
        return (bool)(await command.ExecuteScalarAsync(ct))!;
    }

    /// <summary>Rows that were written with the events for a while follow in the background again; what they have
    /// already, they get again without harm.</summary>
    private static async Task ReviveAsync(NpgsqlConnection connection, Projector projector, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(
            "update es.projections set mode = 'async', updated_at = now() where name = $1 and mode = 'retired'",
            connection)
        {
            Parameters = { new NpgsqlParameter<string> { TypedValue = projector.Checkpoint } },
        };
        await command.ExecuteNonQueryAsync(ct);
    }

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
