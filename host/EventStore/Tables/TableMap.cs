namespace K12Hub.EventStore;

/// <summary>The shape of one read table. The row record is its only source: columns, order, types and nullability
/// come from the properties, so table, upsert, COPY and LINQ mapping cannot drift apart.</summary>
public sealed class TableMap
{
    internal TableMap(
        Type row,
        TableName name,
        IReadOnlyList<TableColumn> columns,
        IReadOnlyList<string> key,
        IReadOnlyList<TableIndex> indexes,
        bool followsStream)
    {
        (Row, Name) = (row, name);
        (Columns, Key, Indexes, FollowsStream) = (columns, key, indexes, followsStream);
    }

    /// <summary>Column that every table, key and index starts with.</summary>
    public const string TenantColumn = "tenant_id";

    /// <summary>Column that orders writes of rows that follow one stream.</summary>
    public const string VersionColumn = "stream_version";

    /// <summary>The row record.</summary>
    public Type Row { get; }

    /// <summary>Schema, view and physical table.</summary>
    public TableName Name { get; }

    /// <summary>Schema of view and table, for instance <c>roster</c>.</summary>
    public string Schema => Name.Schema;

    /// <summary>What readers use, for instance <c>roster.people</c>; stays when the shape changes.</summary>
    public string View => Name.View;

    /// <summary>Where the rows are, for instance <c>roster.people_v1</c>.</summary>
    public string Table => Name.Table;

    /// <summary>Number of the shape, from 1.</summary>
    public int Version => Name.Version;

    /// <summary>The columns of the row in declaration order, without <c>tenant_id</c>.</summary>
    public IReadOnlyList<TableColumn> Columns { get; }

    /// <summary>Names of the key columns after <c>tenant_id</c>.</summary>
    public IReadOnlyList<string> Key { get; }

    /// <summary>All indexes besides the key.</summary>
    public IReadOnlyList<TableIndex> Indexes { get; }

    /// <summary>Whether the table has a <c>stream_version</c> column that lets a newer row win, whatever the order
    /// of writes.</summary>
    public bool FollowsStream { get; }

    /// <summary>The column filled from this property.</summary>
    public TableColumn Column(string property) => Columns.FirstOrDefault(c => c.Property == property)
        ?? throw new ArgumentException($"{Row.Name}.{property} is not a column of {View}.");
}
