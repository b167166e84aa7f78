using System.Globalization;

namespace K12Hub.EventStore;

/// <summary>The statements that write a row, generated from the shape of its table.</summary>
internal static class RowStatements
{
    /// <summary>$1 is the district, then the columns in order, last the version.</summary>
    public static string Upsert(TableMap table)
    {
        var columns = table.Columns.Select(c => TableDdl.Quote(c.Name)).Append(TableMap.VersionColumn).ToList();
        var values = string.Join(", ", columns.Select((_, i) => "$" + (i + 2).ToString(CultureInfo.InvariantCulture)));
        var updates = columns.Where(c => !table.Key.Contains(c)).Select(c => $"{c} = excluded.{c}");
        return $"""
            insert into {table.Table} as stored (tenant_id, {string.Join(", ", columns)}) values ($1, {values})
            on conflict (tenant_id, {TableDdl.List(table.Key)}) do update set {string.Join(", ", updates)}
            where excluded.stream_version > stored.stream_version
            """;
    }

    /// <summary>$1 is the district, $2 the key, $3 the version that has no row.</summary>
    public static string Delete(TableMap table) =>
        $"delete from {table.Table} where tenant_id = $1 and {TableDdl.List(table.Key)} = $2 and stream_version < $3";
}
