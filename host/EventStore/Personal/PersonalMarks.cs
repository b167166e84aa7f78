using System.Reflection;

namespace K12Hub.EventStore;

/// <summary>Finds marked properties, also further in.</summary>
internal static class PersonalMarks
{
    private const BindingFlags Public = BindingFlags.Public | BindingFlags.Instance;

    /// <summary>The marked properties of a record and of everything it is made of.</summary>
    public static IEnumerable<PropertyInfo> In(Type type) => In(type, []);

    private static IEnumerable<PropertyInfo> In(Type type, HashSet<Type> seen)
    {
        if (type.IsArray || type.IsGenericType)
        {
            var parts = type.IsArray ? [type.GetElementType()!] : type.GetGenericArguments();
            foreach (var marked in parts.SelectMany(part => In(part, seen)))
            {
                yield return marked;
            }
        }

        if (type.IsPrimitive || type.IsEnum || type.Assembly == typeof(object).Assembly || !seen.Add(type))
        {
            yield break;
        }

        foreach (var property in type.GetProperties(Public))
        {
            if (property.IsDefined(typeof(PersonalDataAttribute)))
            {
                yield return property;
            }

            foreach (var marked in In(property.PropertyType, seen))
            {
                yield return marked;
            }
        }
    }
}
