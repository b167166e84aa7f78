using System.Text.Json;
using K12Hub.GraphQL.Language;

namespace K12Hub.GraphQL.Types;

/// <summary>
/// A scalar (3.5). Without more, it takes any input as it is and answers whatever a resolver returned.
/// </summary>
public class ScalarType(string name) : TypeDefinition(name)
{
    /// <inheritdoc/>
    public sealed override TypeKind Kind => TypeKind.Scalar;

    /// <summary>Address of the text that defines the scalar (3.5.5); null when there is none.</summary>
    public string? SpecifiedBy { get; init; }

    /// <summary>Input coercion of a JSON value that is not null.</summary>
    public virtual CoercionResult CoerceInput(JsonElement value) => CoercionResult.Ok(value);

    /// <summary>Input coercion of a literal without variables that is not null.</summary>
    public virtual CoercionResult CoerceLiteral(ValueNode literal) => CoerceInput(LiteralJson.ToElement(literal));

    /// <summary>
    /// Result coercion of a value that is not null. The answer is one of string, bool, int, long, decimal, double or
    /// JsonElement, ready to be written as JSON; for other CLR values, the value itself.
    /// </summary>
    public virtual CoercionResult CoerceResult(object value) => CoercionResult.Ok(value);
}
