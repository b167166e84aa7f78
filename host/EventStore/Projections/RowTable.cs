using System.Globalization;
using Npgsql;

namespace K12Hub.EventStore;

/// <summary>The statements over one physical table, each for any number of rows in one round trip.</summary>
internal sealed class RowTable
{
    private readonly IReadOnlyList<TableColumn> _key;
    private readonly Lazy<RowReader> _reader;
    private readonly string _upsert;
    private readonly string _delete;
    private readonly string _find;

    public RowTable(TableMap map, string name)
    {
        (Map, Name) = (map, name);
        _key = [.. map.Key.Select(k => map.Columns.First(c => c.Name == k))];
        _reader = new(() => new RowReader(map));
        _upsert = UpsertAll();
        _delete = $"delete from {name} t using unnest({Places(_key, 2)}{(map.FollowsStream ? VersionPlace : "")}) as d("
            + $"{Names(_key)}{(map.FollowsStream ? ", stream_version" : "")}) "
            + $"where t.tenant_id = $1 and {SameKey("d")}"
            + (map.FollowsStream ? " and t.stream_version < d.stream_version" : "");
        var columns = string.Join(", ", map.Columns.Select(c => "t." + TableDdl.Quote(c.Name)));
        _find = $"select {columns} from {name} t "
            + $"join unnest({Places(_key, 2)}) as d({Names(_key)}) on {SameKey("d")} where t.tenant_id = $1";
    }

    public TableMap Map { get; }

    public string Name { get; }

    private string VersionPlace => ", $" + (_key.Count + 2).ToString(CultureInfo.InvariantCulture);

    public RowKey KeyOf(object row) => new([.. _key.Select(c => c.Getter(row)!)]);

    /// <summary>Stores rows in place of those with the same key; with versions, unless what is there is
    /// newer.</summary>
    public NpgsqlBatchCommand Upsert(short tenant, IReadOnlyList<object> rows, int[]? versions = null)
    {
        var command = new NpgsqlBatchCommand(_upsert) { Parameters = { Tenant(tenant) } };
        foreach (var column in Map.Columns)
        {
            command.Parameters.Add(ColumnArray.Of(column, [.. rows.Select(column.Getter)]));
        }

        AddVersions(command, versions);
        return command;
    }

    /// <summary>Deletes rows; with versions, unless what is there is newer.</summary>
    public NpgsqlBatchCommand Delete(short tenant, IReadOnlyList<RowKey> keys, int[]? versions = null)
    {
        var command = new NpgsqlBatchCommand(_delete) { Parameters = { Tenant(tenant) } };
        AddKeys(command.Parameters, keys);
        AddVersions(command, versions);
        return command;
    }

    /// <summary>The rows with these keys, as far as they are there.</summary>
    public async Task<List<object>> FindAsync(
        NpgsqlConnection connection, short tenant, IReadOnlyList<RowKey> keys, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(_find, connection) { Parameters = { Tenant(tenant) } };
        AddKeys(command.Parameters, keys);
        await using var reader = await command.ExecuteReaderAsync(ct);
        var found = new List<object>();
        while (await reader.ReadAsync(ct))
        {
            found.Add(_reader.Value.One(reader));
        }

        return found;
    }

    private string UpsertAll()
    {
        var follows = Map.FollowsStream;
        var columns = Map.Columns.Select(c => TableDdl.Quote(c.Name)).ToList();
        var values = Map.Columns.Select(c => ColumnArray.Cast(c, "u." + TableDdl.Quote(c.Name))).ToList();
        if (follows)
        {
            columns.Add(TableMap.VersionColumn);
            values.Add("u." + TableMap.VersionColumn);
        }

        var places = string.Join(", ", columns.Select((_, i) => "$" + (i + 2).ToString(CultureInfo.InvariantCulture)));
        var updates = columns.Except(Map.Key.Select(TableDdl.Quote)).Select(c => $"{c} = excluded.{c}").ToList();
        return $"""
            insert into {Name} as stored (tenant_id, {string.Join(", ", columns)})
            select $1, {string.Join(", ", values)} from unnest({places}) as u({string.Join(", ", columns)})
            on conflict (tenant_id, {TableDdl.List(Map.Key)}) do
            """ + (updates.Count == 0 ? " nothing" : $" update set {string.Join(", ", updates)}")
            + (follows ? " where excluded.stream_version > stored.stream_version" : "");
    }

    private void AddKeys(NpgsqlParameterCollection parameters, IReadOnlyList<RowKey> keys)
    {
        for (var i = 0; i < _key.Count; i++)
        {
            var part = i;
            parameters.Add(ColumnArray.Of(_key[i], [.. keys.Select(k => k.Values[part])]));
        }
    }

    private void AddVersions(NpgsqlBatchCommand command, int[]? versions)
    {
        if (Map.FollowsStream)
        {
            command.Parameters.Add(new NpgsqlParameter<int[]> { TypedValue = versions! });
        }
    }

    private string SameKey(string other) =>
        string.Join(" and ", _key.Select(c => $"t.{TableDdl.Quote(c.Name)} = {other}.{TableDdl.Quote(c.Name)}"));

    private static string Names(IReadOnlyList<TableColumn> columns) => TableDdl.List(columns.Select(c => c.Name));

    private static string Places(IReadOnlyList<TableColumn> columns, int first) => string.Join(
        ", ", columns.Select((_, i) => "$" + (i + first).ToString(CultureInfo.InvariantCulture)));

    private static NpgsqlParameter<short> Tenant(short tenant) => new() { TypedValue = tenant };
}
