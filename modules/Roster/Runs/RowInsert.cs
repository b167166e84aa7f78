using System.Globalization;
using K12Hub.EventStore;
using Npgsql;

namespace K12Hub.Roster;

/// <summary>Inserts one row as its table map says.</summary>
internal static class RowInsert
{
    /// <summary>Adds the insertion of a row to a batch.</summary>
    public static void Add(NpgsqlBatch batch, TableMap table, DistrictId district, object row)
    {
        var names = string.Join(", ", table.Columns.Select(column => $"\"{column.Name}\""));
        var places = string.Join(", ", table.Columns.Select((_, i) =>
            string.Create(CultureInfo.InvariantCulture, $"${i + 2}")));
        var command = new NpgsqlBatchCommand(
            $"insert into {table.Table} (tenant_id, {names}) values ($1, {places})");
        command.Parameters.Add(new NpgsqlParameter { Value = district.Value });
        foreach (var column in table.Columns)
        {
            command.Parameters.Add(new NpgsqlParameter
            {
                NpgsqlDbType = column.DbType,
                Value = column.Getter(row) ?? DBNull.Value,
            });
        }

        batch.BatchCommands.Add(command);
    }
}
