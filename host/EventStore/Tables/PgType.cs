using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using NpgsqlTypes;

namespace K12Hub.EventStore;

/// <summary>How a CLR type is stored.</summary>
/// <param name="Ddl">The type in DDL.</param>
/// <param name="DbType">The type for parameters and COPY.</param>
/// <param name="Convert">Makes Npgsql's value from the property's; null when it is the same.</param>
internal sealed record PgType(string Ddl, NpgsqlDbType DbType, Func<object, object>? Convert = null)
{
    /// <summary>How [Jsonb] columns are written.</summary>
    public static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter() },
    };

    private static readonly Dictionary<Type, PgType> Known = new()
    {
        [typeof(Guid)] = new("uuid", NpgsqlDbType.Uuid),
        [typeof(string)] = new("text", NpgsqlDbType.Text),
        [typeof(int)] = new("integer", NpgsqlDbType.Integer),
        [typeof(long)] = new("bigint", NpgsqlDbType.Bigint),
        [typeof(short)] = new("smallint", NpgsqlDbType.Smallint),
        [typeof(bool)] = new("boolean", NpgsqlDbType.Boolean),
        [typeof(double)] = new("double precision", NpgsqlDbType.Double),
        [typeof(decimal)] = new("numeric", NpgsqlDbType.Numeric),
        [typeof(DateOnly)] = new("date", NpgsqlDbType.Date),
        [typeof(TimeOnly)] = new("time", NpgsqlDbType.Time),
        [typeof(DateTimeOffset)] = new(
            "timestamptz", NpgsqlDbType.TimestampTz, value => ((DateTimeOffset)value).ToUniversalTime()),
        [typeof(byte[])] = new("bytea", NpgsqlDbType.Bytea),
    };

    private static readonly HashSet<Type> Listable = [typeof(string), typeof(Guid), typeof(int), typeof(long)];

    public static PgType Jsonb { get; } =
        new("jsonb", NpgsqlDbType.Jsonb, value => JsonSerializer.Serialize(value, value.GetType(), Json));

    public static PgType For(PropertyInfo property)
    {
        var type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        return TryScalar(type) ?? List(type) ?? throw new ArgumentException(
            $"{property.DeclaringType!.Name}.{property.Name}: {type.Name} has no column type. "
            + "Use a plain type, a list of text, uuid or numbers, or mark the property [Jsonb].");
    }

    /// <summary>The type of a single value; null when it is none.</summary>
    public static PgType? TryScalar(Type type)
    {
        if (Known.TryGetValue(type, out var known))
        {
            return known;
        }

        if (type.IsEnum)
        {
            return new("text", NpgsqlDbType.Text, value => value.ToString()!);
        }

        return Wrapped(type) is { } inner && TryScalar(inner.PropertyType) is { } plain
            ? plain with { Convert = value => Unwrap(inner, plain, value) }
            : null;
    }

    /// <summary>A typed id: a struct around one property called Value.</summary>
    private static PropertyInfo? Wrapped(Type type)
    {
        var properties = type.IsValueType ? type.GetProperties(BindingFlags.Public | BindingFlags.Instance) : [];
        return properties is [{ Name: "Value" } only] ? only : null;
    }

    private static object Unwrap(PropertyInfo inner, PgType plain, object value)
    {
        var unwrapped = inner.GetValue(value)!;
        return plain.Convert is null ? unwrapped : plain.Convert(unwrapped);
    }

    private static PgType? List(Type type)
    {
        var element = type.IsArray
            ? type.GetElementType()
            : type.GetInterfaces().Append(type).FirstOrDefault(IsReadOnlyList)?.GetGenericArguments()[0];
        if (element is null || !Listable.Contains(element))
        {
            return null;
        }

        var of = Known[element];
        var array = type.IsArray ? null : ToArray(element);
        return new(of.Ddl + "[]", NpgsqlDbType.Array | of.DbType, array);
    }

    private static bool IsReadOnlyList(Type type) =>
        type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>);

    private static Func<object, object> ToArray(Type element) => element switch
    {
        _ when element == typeof(string) => value => ((IEnumerable<string>)value).ToArray(),
        _ when element == typeof(Guid) => value => ((IEnumerable<Guid>)value).ToArray(),
        _ when element == typeof(int) => value => ((IEnumerable<int>)value).ToArray(),
        _ => value => ((IEnumerable<long>)value).ToArray(),
    };
}
