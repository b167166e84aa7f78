using Npgsql;

namespace K12Hub.EventStore;

/// <summary>A statement over one table of a projection, which may read its others.</summary>
/// <param name="Row">The row record of the table.</param>
/// <param name="Sql">With the table's place in it, and places of others; $1 is the district.</param>
/// <param name="Values">From $2 on.</param>
internal sealed record RowSql(Type Row, string Sql, object?[] Values)
{
    public const string TablePlace = "{table}";

    /// <summary>A statement of a projection's own may go over millions of rows; whoever waits longer waits for
    /// somebody who stands still.</summary>
    public const int LongestSeconds = 600;

    /// <param name="target">The tables to read and write: those that are read, or those of a rebuild.</param>
    /// <param name="tenant">The district.</param>
    public NpgsqlBatchCommand Over(RowTarget target, short tenant)
    {
        var sql = Sql.Replace(TablePlace, target.Table(Row).Name, StringComparison.Ordinal);
        foreach (var table in target.Tables)
        {
            sql = sql.Replace($"{{{table.Map.View}}}", table.Name, StringComparison.Ordinal);
        }

        var command = new NpgsqlBatchCommand(sql)
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
