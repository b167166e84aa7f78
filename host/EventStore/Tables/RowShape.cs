using System.Reflection;
using System.Text;

namespace K12Hub.EventStore;

/// <summary>Reads the columns off a row record. A column is a public property that can be set; computed properties
/// are not stored.</summary>
internal static class RowShape
{
    // No expressions compiled: a store has hundreds of columns, and giving up code that was made for one costs more
    // than making it.
    private static readonly MethodInfo Read =
        typeof(RowShape).GetMethod(nameof(ReadOf), BindingFlags.NonPublic | BindingFlags.Static)!;

    public static List<TableColumn> ColumnsOf(Type row)
    {
        var nullability = new NullabilityInfoContext();
        var columns = PropertiesOf(row).Select(p => ColumnOf(p, nullability)).ToList();
        return columns.Count > 0
            ? columns
            : throw new ArgumentException($"{row.Name} has no property to store.");
    }

    /// <summary>The properties that are stored, in the order they were written down.</summary>
    public static List<PropertyInfo> PropertiesOf(Type row) =>
    [
        .. row.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(p => p is { CanRead: true, CanWrite: true } && p.GetIndexParameters().Length == 0)
            .OrderBy(p => p.DeclaringType == row ? 1 : 0)
            .ThenBy(p => p.MetadataToken),
    ];

    /// <summary>FamilyName → family_name, SISId → sis_id, Line2 → line2.</summary>
    public static string SnakeCase(string name)
    {
        var text = new StringBuilder(name.Length + 8);
        for (var i = 0; i < name.Length; i++)
        {
            var startsWord = char.IsUpper(name[i]) && i > 0
                && (!char.IsUpper(name[i - 1]) || (i + 1 < name.Length && char.IsLower(name[i + 1])));
            if (startsWord)
            {
                text.Append('_');
            }

            text.Append(char.ToLowerInvariant(name[i]));
        }

        return text.ToString();
    }

    private static TableColumn ColumnOf(PropertyInfo property, NullabilityInfoContext nullability)
    {
        var name = SnakeCase(property.Name);
        if (name is TableMap.TenantColumn or TableMap.VersionColumn)
        {
            throw new ArgumentException(
                $"{property.DeclaringType!.Name}.{property.Name}: the store adds {name} itself.");
        }

        var json = property.IsDefined(typeof(JsonbAttribute));
        var mapping = json ? PgType.Jsonb : PgType.For(property);
        var nullable = property.PropertyType.IsValueType
            ? Nullable.GetUnderlyingType(property.PropertyType) is not null
            : nullability.Create(property).ReadState == NullabilityState.Nullable;
        return new(name, mapping.Ddl, mapping.DbType, nullable, property.Name, Getter(property, mapping.Convert))
        {
            Personal = PersonalColumn.Of(property),
        };
    }

    private static Func<object, object?> Getter(PropertyInfo property, Func<object, object>? convert)
    {
        var get = (Func<object, object?>)Read.MakeGenericMethod(property.DeclaringType!, property.PropertyType)
            .Invoke(null, [property.GetMethod])!;
        return convert is null ? get : instance => get(instance) is { } value ? convert(value) : null;
    }

    private static Func<object, object?> ReadOf<TRow, TValue>(MethodInfo getter)
        where TRow : class
    {
        var read = getter.CreateDelegate<Func<TRow, TValue>>();
        return row => read((TRow)row);
    }
}
