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
        return CreateTable(map, map.Schema);
    }

    /// <summary>The view that readers use; names its columns, so a later version may have others.</summary>
    public static string CreateView(TableMap map)
    {
        ArgumentNullException.ThrowIfNull(map);
        return CreateView(map, map.Table);
    }

    /// <summary>Table and indexes in another schema.</summary>
    internal static string CreateTable(TableMap map, string schema) =>
        Columns(map, schema) + $",\n  {PrimaryKey(map)}\n);\n" + Indexes(map, schema);

    /// <summary>The table alone.</summary>
    internal static string CreateBare(TableMap map, string schema) => Columns(map, schema) + "\n);\n";

    /// <summary>What a bare table lacks.</summary>
    internal static string CreateKeys(TableMap map, string schema) =>
        $"alter table {schema}.{map.Name.Bare} add {PrimaryKey(map)};\n" + Indexes(map, schema);

    internal static string CreateView(TableMap map, string table) =>
        $"create or replace view {map.View} with (security_invoker = true) as\n"
        + $"select tenant_id, {List(map.Columns.Select(c => c.Name))}\nfrom {table};\n";

    private static string PrimaryKey(TableMap map) => $"primary key (tenant_id, {List(map.Key)})";

    private static string Columns(TableMap map, string schema)
    {
        var ddl = new StringBuilder();
        ddl.Append("create schema if not exists ").Append(schema).Append(";\n");
        ddl.Append("create table ").Append(schema).Append('.').Append(map.Name.Bare)
            .Append(" (\n  tenant_id smallint not null");
        foreach (var column in map.Columns)
        {
            ddl.Append(",\n  ").Append(Quote(column.Name)).Append(' ').Append(column.PgType)
                .Append(column.Nullable ? "" : " not null");
        }

        return ddl.Append(map.FollowsStream ? ",\n  stream_version integer not null" : "").ToString();
    }

    private static string Indexes(TableMap map, string schema) => string.Concat(map.Indexes.Select(index =>
        (index.Unique ? "create unique index " : "create index ") + $"{index.Name} on {schema}.{map.Name.Bare} "
        + $"(tenant_id, {List(index.Columns)})" + (index.Where is null ? "" : $" where {index.Where}") + ";\n"));

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
