using Npgsql;

namespace K12Hub.EventStore;

/// <summary>A statement over one table of a projection.</summary>
/// <param name="Row">The row record of the table.</param>
/// <param name="Sql">With the table's place in it; $1 is the district.</param>
/// <param name="Values">From $2 on.</param>
internal sealed record RowSql(Type Row, string Sql, object?[] Values)
{
    public const string TablePlace = "{table}";

    /// <param name="table">The table to write: the one that is read, or that of a rebuild.</param>
    /// <param name="tenant">The district.</param>
    public NpgsqlBatchCommand Over(RowTable table, short tenant)
    {
        var command = new NpgsqlBatchCommand(Sql.Replace(TablePlace, table.Name, StringComparison.Ordinal))
        {
            Parameters = { new NpgsqlParameter<short> { TypedValue = tenant } },
        };
        foreach (var value in Values)
        {
            command.Parameters.Add(new() { Value = value ?? DBNull.Value });
        }

        return command;
    }
}
