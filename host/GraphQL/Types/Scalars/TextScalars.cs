using System.Globalization;
using System.Text.Json;
using K12Hub.GraphQL.Language;

namespace K12Hub.GraphQL.Types;

/// <summary>Text (3.5.3).</summary>
internal sealed class StringScalar : ScalarType
{
    public StringScalar() : base("String")
    {
        IsBuiltIn = true;
        Description = "Text: a sequence of Unicode characters for people to read.";
    }

    public override CoercionResult CoerceInput(JsonElement value) => value.ValueKind is JsonValueKind.String
        ? CoercionResult.Ok(value.GetString())
        : CoercionResult.Fail($"String cannot represent a non string value: {value.GetRawText()}.");

    public override CoercionResult CoerceLiteral(ValueNode literal) => literal is StringValueNode text
        ? CoercionResult.Ok(text.Value)
        : CoercionResult.Fail($"String cannot represent a non string value: {Printer.Print(literal)}.");

    public override CoercionResult CoerceResult(object value) => value switch
    {
        string => CoercionResult.Ok(value),
        bool flag => CoercionResult.Ok(flag ? "true" : "false"),
        JsonElement { ValueKind: JsonValueKind.String } text => CoercionResult.Ok(text.GetString()),
        JsonElement { ValueKind: JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False } other =>
            CoercionResult.Ok(other.GetRawText()),
        double number when !double.IsFinite(number) => CoercionResult.Fail($"String cannot represent {number}."),
        IFormattable plain => CoercionResult.Ok(plain.ToString(null, CultureInfo.InvariantCulture)),
        _ => CoercionResult.Fail("String cannot represent what has no text."),
    };
}

/// <summary>True or false (3.5.4).</summary>
internal sealed class BooleanScalar : ScalarType
{
    public BooleanScalar() : base("Boolean")
    {
        IsBuiltIn = true;
        Description = "True or false.";
    }

    public override CoercionResult CoerceInput(JsonElement value) =>
        value.ValueKind is JsonValueKind.True or JsonValueKind.False
            ? CoercionResult.Ok(value.GetBoolean())
            : CoercionResult.Fail($"Boolean cannot represent a non boolean value: {value.GetRawText()}.");

    public override CoercionResult CoerceLiteral(ValueNode literal) => literal is BooleanValueNode flag
        ? CoercionResult.Ok(flag.Value)
        : CoercionResult.Fail($"Boolean cannot represent a non boolean value: {Printer.Print(literal)}.");

    public override CoercionResult CoerceResult(object value) => value switch
    {
        bool => CoercionResult.Ok(value),
        JsonElement { ValueKind: JsonValueKind.True or JsonValueKind.False } flag =>
            CoercionResult.Ok(flag.GetBoolean()),
        JsonElement { ValueKind: JsonValueKind.Number } number => CoercionResult.Ok(number.GetDouble() != 0),
        double number when double.IsFinite(number) => CoercionResult.Ok(number != 0),
        int or long or short or byte or decimal =>
            CoercionResult.Ok(Convert.ToDecimal(value, CultureInfo.InvariantCulture) != 0),
        _ => CoercionResult.Fail("Boolean cannot represent what is neither true nor false."),
    };
}

/// <summary>Opaque keys (3.5.5): text or whole numbers in, always text out.</summary>
internal sealed class IdScalar : ScalarType
{
    public IdScalar() : base("ID")
    {
        IsBuiltIn = true;
        Description = "An opaque key, not meant for people to read.";
    }

    public override CoercionResult CoerceInput(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => CoercionResult.Ok(value.GetString()),
        JsonValueKind.Number => FromNumber(value),
        _ => CoercionResult.Fail($"ID cannot represent value: {value.GetRawText()}."),
    };

    public override CoercionResult CoerceLiteral(ValueNode literal) => literal switch
    {
        StringValueNode text => CoercionResult.Ok(text.Value),
        IntValueNode number => CoercionResult.Ok(number.Value),
        _ => CoercionResult.Fail($"ID cannot represent a non-string and non-integer value: {Printer.Print(literal)}."),
    };

    public override CoercionResult CoerceResult(object value) => value switch
    {
        string => CoercionResult.Ok(value),
        Guid key => CoercionResult.Ok(key.ToString()),
        JsonElement { ValueKind: JsonValueKind.String } text => CoercionResult.Ok(text.GetString()),
        JsonElement { ValueKind: JsonValueKind.Number } number => FromNumber(number),
        int or long or short or byte or uint or ulong or ushort or sbyte =>
            CoercionResult.Ok(Convert.ToString(value, CultureInfo.InvariantCulture)),
        double number when double.IsInteger(number) =>
            CoercionResult.Ok(number.ToString("F0", CultureInfo.InvariantCulture)),
        _ => CoercionResult.Fail("ID cannot represent what is neither text nor a whole number."),
    };

    private static CoercionResult FromNumber(JsonElement number)
    {
        var raw = number.GetRawText();
        if (!raw.AsSpan(raw[0] is '-' ? 1 : 0).ContainsAnyExceptInRange('0', '9')) return CoercionResult.Ok(raw);

        return WholeNumber.Read(number) is { } whole and < decimal.MaxValue
            ? CoercionResult.Ok(whole.ToString("F0", CultureInfo.InvariantCulture))
            : CoercionResult.Fail($"ID cannot represent value: {raw}.");
    }
}
