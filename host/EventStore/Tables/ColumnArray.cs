using System.Globalization;
using System.Text;
using Npgsql;
using NpgsqlTypes;

namespace K12Hub.EventStore;

/// <summary>The values of one column for many rows as one parameter, so that a statement writes them all.</summary>
internal static class ColumnArray
{
    private static readonly Dictionary<NpgsqlDbType, Type> Elements = new()
    {
        [NpgsqlDbType.Uuid] = typeof(Guid?),
        [NpgsqlDbType.Text] = typeof(string),
        [NpgsqlDbType.Jsonb] = typeof(string),
        [NpgsqlDbType.Integer] = typeof(int?),
        [NpgsqlDbType.Bigint] = typeof(long?),
        [NpgsqlDbType.Smallint] = typeof(short?),
        [NpgsqlDbType.Boolean] = typeof(bool?),
        [NpgsqlDbType.Double] = typeof(double?),
        [NpgsqlDbType.Numeric] = typeof(decimal?),
        [NpgsqlDbType.Date] = typeof(DateOnly?),
        [NpgsqlDbType.Time] = typeof(TimeOnly?),
        [NpgsqlDbType.TimestampTz] = typeof(DateTimeOffset?),
        [NpgsqlDbType.Bytea] = typeof(byte[]),
    };

    /// <summary>The parameter; columns that are arrays themselves go as text, because PostgreSQL has no arrays of
    /// arrays, and <see cref="Cast"/> makes them what they are.</summary>
    public static NpgsqlParameter Of(TableColumn column, IReadOnlyList<object?> values)
    {
        var type = IsList(column) ? NpgsqlDbType.Text : column.DbType;
        var array = Array.CreateInstance(Elements[type], values.Count);
        for (var i = 0; i < values.Count; i++)
        {
            if (values[i] is { } value)
            {
                array.SetValue(IsList(column) ? Literal((Array)value) : value, i);
            }
        }

        return new() { Value = array, NpgsqlDbType = NpgsqlDbType.Array | type };
    }

    /// <summary>An element of the parameter as a value of the column.</summary>
    public static string Cast(TableColumn column, string element) =>
        IsList(column) ? $"{element}::{column.PgType}" : element;

    private static bool IsList(TableColumn column) => column.DbType.HasFlag(NpgsqlDbType.Array);

    /// <summary>PostgreSQL's way to write an array as text.</summary>
    private static string Literal(Array items)
    {
        var text = new StringBuilder("{");
        foreach (var item in items)
        {
            text.Append(text.Length > 1 ? "," : "");
            if (item is null)
            {
                text.Append("NULL");
                continue;
            }

            var plain = Convert.ToString(item, CultureInfo.InvariantCulture)!;
            text.Append('"').Append(plain.Replace("\\", @"\\").Replace("\"", "\\\"")).Append('"');
        }

        return text.Append('}').ToString();
    }
}
