using System.Collections;
using System.Reflection;
using System.Text;
using System.Text.Json.Serialization.Metadata;

namespace K12Hub.EventStore;

/// <summary>One marked property: its name in JSON, whose it is, and what it reads as once erased.</summary>
internal sealed class PersonalMark
{
    private readonly Func<object, object?> _value;
    private readonly Func<object, Guid?> _subject;

    private PersonalMark(
        string property, string jsonName, byte[] erased, Func<object, object?> value, Func<object, Guid?> subject)
    {
        (Property, Erased, _value, _subject) = (property, erased, value, subject);
        JsonName = Encoding.UTF8.GetBytes(jsonName);
    }

    public string Property { get; }

    public byte[] JsonName { get; }

    /// <summary>JSON of what it reads as once erased.</summary>
    public byte[] Erased { get; }

    /// <summary>The mark on a property; null when there is none.</summary>
    public static PersonalMark? On(JsonPropertyInfo property, JsonTypeInfo type)
    {
        if (property.AttributeProvider is not PropertyInfo declared
            || declared.GetCustomAttribute<PersonalDataAttribute>() is not { } mark)
        {
            return null;
        }

        var name = $"{type.Type.Name}.{declared.Name}";
        var subject = type.Properties.FirstOrDefault(
            p => p.AttributeProvider is PropertyInfo named && named.Name == mark.Subject)
            ?? throw new ArgumentException($"{name}: {type.Type.Name} stores no {mark.Subject} that says whose it is.");
        return new(
            declared.Name, property.Name, Encoding.UTF8.GetBytes(Emptied(declared, name)), property.Get!,
            SubjectOf(subject, name));
    }

    /// <summary>Whose data it is; null when there is none.</summary>
    public Guid? SubjectIn(object record) => _value(record) is null
        ? null
        : _subject(record) ?? throw new InvalidOperationException(
            $"{record.GetType().Name}.{Property} is personal data, and the record does not say whose.");

    /// <summary>What takes the place of an erased value in JSON.</summary>
    internal static string Emptied(PropertyInfo property, string name) => Kind(property) switch
    {
        Emptiness.Null => "null",
        Emptiness.Text => $"\"{PersonalDataAttribute.Erased}\"",
        Emptiness.List => "[]",
        Emptiness.Id => $"\"{Guid.Empty}\"",
        _ => throw new ArgumentException(
            $"{name} is personal data that cannot be empty. Make it nullable: once erased it is null."),
    };

    /// <summary>How a property can be empty.</summary>
    internal static Emptiness Kind(PropertyInfo property)
    {
        var type = property.PropertyType;
        var nullable = type.IsValueType
            ? Nullable.GetUnderlyingType(type) is not null
            : new NullabilityInfoContext().Create(property).ReadState != NullabilityState.NotNull;
        return nullable ? Emptiness.Null
            : type == typeof(string) ? Emptiness.Text
            : IsList(type) ? Emptiness.List
            : type == typeof(Guid) ? Emptiness.Id
            : Emptiness.None;
    }

    private static bool IsList(Type type) =>
        type != typeof(byte[]) && type.IsAssignableTo(typeof(IEnumerable))
        && !type.GetInterfaces().Append(type).Any(i =>
            i.IsGenericType && (i.GetGenericTypeDefinition() == typeof(IDictionary<,>)
                || i.GetGenericTypeDefinition() == typeof(IReadOnlyDictionary<,>)));

    private static Func<object, Guid?> SubjectOf(JsonPropertyInfo property, string name)
    {
        var type = PgType.For((PropertyInfo)property.AttributeProvider!);
        if (type.Ddl != "uuid")
        {
            throw new ArgumentException($"{name}: {property.Name} must be a Guid or a struct around one.");
        }

        return record => property.Get!(record) is not { } value
            ? null
            : (Guid)(type.Convert is null ? value : type.Convert(value));
    }
}

/// <summary>How a property can be empty.</summary>
internal enum Emptiness
{
    None,
    Null,
    Text,
    List,
    Id,
}
