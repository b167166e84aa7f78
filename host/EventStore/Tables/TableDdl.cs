using System.Text;

namespace K12Hub.EventStore;

/// <summary>The statements that make a read table and the view in front of it. The text is approved by a test:
/// a change here changes every table that exists.</summary>
public static class TableDdl
{
    /// <summary>Table and indexes of this version.</summary>
    public static string CreateTable(TableMap map)
    {
        ArgumentNullException.ThrowIfNull(map);
        var ddl = new StringBuilder();
        ddl.Append("create schema if not exists ").Append(map.Schema).Append(";\n");
        ddl.Append("create table ").Append(map.Table).Append(" (\n  tenant_id smallint not null,\n");
        foreach (var column in map.Columns)
        {
            ddl.Append("  ").Append(Quote(column.Name)).Append(' ').Append(column.PgType)
                .Append(column.Nullable ? ",\n" : " not null,\n");
        }

        if (map.FollowsStream)
        {
            ddl.Append("  stream_version integer not null,\n");
        }

        ddl.Append("  primary key (tenant_id, ").Append(List(map.Key)).Append(")\n);\n");
        foreach (var index in map.Indexes)
        {
            ddl.Append(index.Unique ? "create unique index " : "create index ").Append(index.Name)
                .Append(" on ").Append(map.Table).Append(" (tenant_id, ").Append(List(index.Columns)).Append(')')
                .Append(index.Where is null ? "" : $" where {index.Where}").Append(";\n");
        }

        return ddl.ToString();
    }

    /// <summary>The view that readers use; names its columns, so a later version may have others.</summary>
    public static string CreateView(TableMap map)
    {
        ArgumentNullException.ThrowIfNull(map);
        return $"create or replace view {map.View} as\n"
            + $"select tenant_id, {List(map.Columns.Select(c => c.Name))}\nfrom {map.Table};\n";
    }

    /// <summary>A column name that is safe when it is also a word of SQL.</summary>
    internal static string Quote(string column) => Reserved.Contains(column) ? $"\"{column}\"" : column;

    internal static string List(IEnumerable<string> columns) => string.Join(", ", columns.Select(Quote));

    /// <summary>PostgreSQL's reserved words (its manual, appendix C) that a property may be called.</summary>
    private static readonly HashSet<string> Reserved =
    [
        "all", "analyse", "analyze", "and", "any", "array", "as", "asc", "asymmetric", "authorization",
        "binary", "both", "case", "cast", "check", "collate", "collation", "column", "concurrently",
        "constraint", "create", "cross", "current_date", "current_role", "current_time", "current_user",
        "default", "deferrable", "desc", "distinct", "do", "else", "end", "except", "false", "fetch", "for",
        "foreign", "freeze", "from", "full", "grant", "group", "having", "ilike", "in", "initially", "inner",
        "intersect", "into", "is", "isnull", "join", "lateral", "leading", "left", "like", "limit",
        "localtime", "localtimestamp", "natural", "not", "notnull", "null", "offset", "on", "only", "or",
        "order", "outer", "overlaps", "placing", "primary", "references", "returning", "right", "select",
        "session_user", "similar", "some", "symmetric", "table", "tablesample", "then", "to", "trailing",
        "true", "union", "unique", "user", "using", "variadic", "verbose", "when", "where", "window", "with",
    ];
}
