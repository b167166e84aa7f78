using System.Linq.Expressions;
using System.Reflection;
using System.Text.Json;
using Npgsql;

namespace K12Hub.EventStore;

/// <summary>Makes row records of what was read: the way back from <see cref="TableColumn.Getter"/>.</summary>
internal sealed class RowReader
{
    private readonly Func<NpgsqlDataReader, int, object?>[] _columns;
    private readonly Func<object?[], object> _make;

    /// <summary>Reads the columns of a table in their order.</summary>
    public RowReader(TableMap table)
    {
        var properties = table.Columns.Select(c => table.Row.GetProperty(c.Property)!).ToList();
        _columns = [.. properties.Select((p, i) => ValueOf(p, table.Columns[i]))];
        _make = Maker(table.Row, properties);
    }

    public object One(NpgsqlDataReader reader)
    {
        var values = new object?[_columns.Length];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = reader.IsDBNull(i) ? null : _columns[i](reader, i);
        }

        return _make(values);
    }

    private static Func<NpgsqlDataReader, int, object?> ValueOf(PropertyInfo property, TableColumn column)
    {
        var type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        if (column.PgType == PgType.Jsonb.Ddl)
        {
            return (reader, i) => JsonSerializer.Deserialize(reader.GetString(i), property.PropertyType, PgType.Json);
        }

        return PgType.TryScalar(type) is null ? List(property, type) : Scalar(type);
    }

    private static Func<NpgsqlDataReader, int, object> Scalar(Type type) => type switch
    {
        _ when type == typeof(Guid) => (reader, i) => reader.GetGuid(i),
        _ when type == typeof(string) => (reader, i) => reader.GetString(i),
        _ when type == typeof(int) => (reader, i) => reader.GetInt32(i),
        _ when type == typeof(long) => (reader, i) => reader.GetInt64(i),
        _ when type == typeof(short) => (reader, i) => reader.GetInt16(i),
        _ when type == typeof(bool) => (reader, i) => reader.GetBoolean(i),
        _ when type == typeof(double) => (reader, i) => reader.GetDouble(i),
        _ when type == typeof(decimal) => (reader, i) => reader.GetDecimal(i),
        _ when type == typeof(DateOnly) => (reader, i) => reader.GetFieldValue<DateOnly>(i),
        _ when type == typeof(TimeOnly) => (reader, i) => reader.GetFieldValue<TimeOnly>(i),
        _ when type == typeof(DateTimeOffset) => (reader, i) => reader.GetFieldValue<DateTimeOffset>(i),
        _ when type == typeof(byte[]) => (reader, i) => reader.GetFieldValue<byte[]>(i),
        { IsEnum: true } => (reader, i) => Enum.Parse(type, reader.GetString(i)),
        _ => Wrapped(type),
    };

    /// <summary>A typed id: a struct made of its one value.</summary>
    private static Func<NpgsqlDataReader, int, object> Wrapped(Type type)
    {
        var inner = type.GetProperty("Value")!.PropertyType;
        var read = Scalar(inner);
        var value = Expression.Parameter(typeof(object));
        var wrap = Expression.Lambda<Func<object, object>>(
            Expression.Convert(
                Expression.New(type.GetConstructor([inner])!, Expression.Convert(value, inner)), typeof(object)),
            value).Compile();
        return (reader, i) => wrap(read(reader, i));
    }

    private static Func<NpgsqlDataReader, int, object> List(PropertyInfo property, Type type) => type switch
    {
        _ when type.IsAssignableFrom(typeof(string[])) => (reader, i) => reader.GetFieldValue<string[]>(i),
        _ when type.IsAssignableFrom(typeof(Guid[])) => (reader, i) => reader.GetFieldValue<Guid[]>(i),
        _ when type.IsAssignableFrom(typeof(int[])) => (reader, i) => reader.GetFieldValue<int[]>(i),
        _ when type.IsAssignableFrom(typeof(long[])) => (reader, i) => reader.GetFieldValue<long[]>(i),
        _ => throw new ArgumentException(
            $"{property.DeclaringType!.Name}.{property.Name}: the store can write a {type.Name}, not read one. "
            + "Use an array or IReadOnlyList<T>."),
    };

    /// <summary>By constructor where its parameters are called like properties, the rest by setting them.</summary>
    private static Func<object?[], object> Maker(Type row, List<PropertyInfo> properties)
    {
        const BindingFlags Any = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance;
        var constructor = row.GetConstructors(Any)
            .Where(c => c.GetParameters().All(p => IndexOf(properties, p.Name!) >= 0))
            .OrderByDescending(c => c.GetParameters().Length)
            .FirstOrDefault() ?? throw new ArgumentException(
                $"{row.Name} cannot be made of its columns: its constructor wants something else.");
        var values = Expression.Parameter(typeof(object?[]));
        var taken = constructor.GetParameters().Select(p => IndexOf(properties, p.Name!)).ToList();
        var made = Expression.New(constructor, taken.Select(i => Value(values, i, properties[i])));
        var rest = properties.Index().Where(p => !taken.Contains(p.Index))
            .Select(p => Expression.Bind(p.Item, Value(values, p.Index, p.Item)));
        var body = Expression.Convert(Expression.MemberInit(made, rest), typeof(object));
        return Expression.Lambda<Func<object?[], object>>(body, values).Compile();
    }

    private static int IndexOf(List<PropertyInfo> properties, string name) =>
        properties.FindIndex(p => string.Equals(p.Name, name, StringComparison.OrdinalIgnoreCase));

    private static UnaryExpression Value(ParameterExpression values, int index, PropertyInfo property) =>
        Expression.Convert(Expression.ArrayIndex(values, Expression.Constant(index)), property.PropertyType);
}
