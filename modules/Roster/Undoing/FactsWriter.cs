using System.Reflection;

namespace K12Hub.Roster;

/// <summary>Writes facts as they were read from an event into a staging table, in the bytes a connector's record is
/// staged in: the hash comes out the same.</summary>
internal static class FactsWriter<TFacts>
{
    private static readonly Action<TFacts, CopyRow>[] Columns =
        [.. typeof(TFacts).GetProperties(BindingFlags.Public | BindingFlags.Instance).Select(Column)];

    /// <summary>Writes all facts; the last of them, when the source last changed the record, is not hashed.</summary>
    public static void Write(TFacts facts, CopyRow row)
    {
        foreach (var column in Columns.AsSpan(..^1)) column(facts, row);
        row.Hashed();
        Columns[^1](facts, row);
    }

    private static Action<TFacts, CopyRow> Column(PropertyInfo property)
    {
        var type = property.PropertyType;
        return type == typeof(string) ? Write<string?>(property, (row, value) => row.Text(value))
            : type == typeof(Guid) ? Write<Guid>(property, (row, value) => row.Id(value))
            : type == typeof(Guid?) ? Write<Guid?>(property, (row, value) => row.Id(value))
            : type == typeof(int) ? Write<int>(property, (row, value) => row.Int(value))
            : type == typeof(bool) ? Write<bool>(property, (row, value) => row.Flag(value))
            : type == typeof(bool?) ? Write<bool?>(property, (row, value) => row.Flag(value))
            : type == typeof(DateOnly) ? Write<DateOnly>(property, (row, value) => row.Date(value))
            : type == typeof(DateOnly?) ? Write<DateOnly?>(property, (row, value) => row.Date(value))
            : type == typeof(DateTimeOffset?) ? Write<DateTimeOffset?>(property, (row, value) => row.Instant(value))
            : type == typeof(string[]) ? Write<string[]>(property, (row, value) => row.Texts(value))
            : type == typeof(Guid[]) ? Write<Guid[]>(property, (row, value) => row.Ids(value, id => id))
            : throw new NotSupportedException($"{property.DeclaringType!.Name}.{property.Name} is a {type.Name}.");
    }

    private static Action<TFacts, CopyRow> Write<T>(PropertyInfo property, Func<CopyRow, T, CopyRow> write)
    {
        var read = property.GetMethod!.CreateDelegate<Func<TFacts, T>>();
        return (facts, row) => write(row, read(facts));
    }
}
