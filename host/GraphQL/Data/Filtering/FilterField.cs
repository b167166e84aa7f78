using System.Globalization;

namespace K12Hub.GraphQL.Data;

/// <summary>A property clients may filter by. Made by generated code.</summary>
/// <param name="Name">The name in <c>where</c>.</param>
/// <param name="Property">The row's property.</param>
/// <param name="GraphQLType">The scalar or enum of its values.</param>
public sealed record FilterField(string Name, string Property, string GraphQLType)
{
    /// <summary>What the property means; becomes the description.</summary>
    public string? Description { get; init; }

    /// <summary>Whether the values are of an enum.</summary>
    public bool IsEnum { get; init; }

    /// <summary>Turns a global id into the raw one; null when values are used as they come.</summary>
    public Func<string, object>? FromId { get; init; }

    /// <summary>The value in the column's type.</summary>
    internal object Decode(object value, Type type)
    {
        if (FromId is { } fromId)
        {
            return fromId((string)value);
        }

        type = Nullable.GetUnderlyingType(type) ?? type;
        return type.IsInstanceOfType(value) || type.IsEnum
            ? value
            : Convert.ChangeType(value, type, CultureInfo.InvariantCulture);
    }
}
