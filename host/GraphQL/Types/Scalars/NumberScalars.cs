using System.Globalization;
using System.Text.Json;
using K12Hub.GraphQL.Language;

namespace K12Hub.GraphQL.Types;

/// <summary>Whole numbers of 32 bits (3.5.1).</summary>
internal sealed class IntScalar : ScalarType
{
    public IntScalar() : base("Int")
    {
        IsBuiltIn = true;
        Description = "A whole number of 32 bits, from -(2^31) to 2^31 - 1.";
    }

    public override CoercionResult CoerceInput(JsonElement value) =>
        value.ValueKind is not JsonValueKind.Number || WholeNumber.Read(value) is not { } whole
            ? CoercionResult.Fail($"Int cannot represent non-integer value: {value.GetRawText()}.")
            : InRange(whole);

    public override CoercionResult CoerceLiteral(ValueNode literal) => literal is IntValueNode number
        ? InRange(WholeNumber.Parse(number.Value))
        : CoercionResult.Fail($"Int cannot represent non-integer value: {Printer.Print(literal)}.");

    public override CoercionResult CoerceResult(object value) => value is int
        ? CoercionResult.Ok(value)
        : WholeNumber.From(value) is { } whole
            ? InRange(whole)
            : CoercionResult.Fail("Int cannot represent what is no whole number.");

    private static CoercionResult InRange(decimal? whole) => whole is >= int.MinValue and <= int.MaxValue
        ? CoercionResult.Ok((int)whole)
        : CoercionResult.Fail("Int cannot represent a whole number beyond 32 bits.");
}

/// <summary>Whole numbers of 64 bits.</summary>
internal sealed class LongScalar : ScalarType
{
    public LongScalar() : base("Long")
    {
        Description = "A whole number of 64 bits, from -(2^63) to 2^63 - 1.";
        SpecifiedBy = "https://scalars.graphql.org/chillicream/long.html";
    }

    public override CoercionResult CoerceInput(JsonElement value) =>
        value.ValueKind is not JsonValueKind.Number || WholeNumber.Read(value) is not { } whole
            ? CoercionResult.Fail($"Long cannot represent non-integer value: {value.GetRawText()}.")
            : InRange(whole);

    public override CoercionResult CoerceLiteral(ValueNode literal) => literal is IntValueNode number
        ? InRange(WholeNumber.Parse(number.Value))
        : CoercionResult.Fail($"Long cannot represent non-integer value: {Printer.Print(literal)}.");

    public override CoercionResult CoerceResult(object value) => value is long
        ? CoercionResult.Ok(value)
        : WholeNumber.From(value) is { } whole
            ? InRange(whole)
            : CoercionResult.Fail("Long cannot represent what is no whole number.");

    private static CoercionResult InRange(decimal? whole) => whole is >= long.MinValue and <= long.MaxValue
        ? CoercionResult.Ok((long)whole)
        : CoercionResult.Fail("Long cannot represent a whole number beyond 64 bits.");
}

/// <summary>Finite double-precision numbers (3.5.2).</summary>
internal sealed class FloatScalar : ScalarType
{
    public FloatScalar() : base("Float")
    {
        IsBuiltIn = true;
        Description = "A finite double-precision number as IEEE 754 defines it.";
    }

    public override CoercionResult CoerceInput(JsonElement value) => value.ValueKind is JsonValueKind.Number
        ? Finite(value.GetDouble())
        : CoercionResult.Fail($"Float cannot represent non numeric value: {value.GetRawText()}.");

    public override CoercionResult CoerceLiteral(ValueNode literal) => literal switch
    {
        IntValueNode number => Finite(Parse(number.Value)),
        FloatValueNode number => Finite(Parse(number.Value)),
        _ => CoercionResult.Fail($"Float cannot represent non numeric value: {Printer.Print(literal)}."),
    };

    public override CoercionResult CoerceResult(object value) => value switch
    {
        double number => double.IsFinite(number) ? CoercionResult.Ok(value) : Finite(number),
        float number => Finite(number),
        decimal number => CoercionResult.Ok(number),
        int or long or short or byte or uint or ulong or ushort or sbyte => CoercionResult.Ok(value),
        bool flag => CoercionResult.Ok(flag ? 1 : 0),
        string text when double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var parsed) =>
            Finite(parsed),
        JsonElement { ValueKind: JsonValueKind.Number } number => Finite(number.GetDouble()),
        JsonElement { ValueKind: JsonValueKind.String } text => CoerceResult(text.GetString()!),
        JsonElement { ValueKind: JsonValueKind.True or JsonValueKind.False } flag => CoerceResult(flag.GetBoolean()),
        _ => CoercionResult.Fail("Float cannot represent what is no number."),
    };

    private static double Parse(string digits) =>
        double.Parse(digits, NumberStyles.Float, CultureInfo.InvariantCulture);

    private static CoercionResult Finite(double number) => double.IsFinite(number)
        ? CoercionResult.Ok(number)
        : CoercionResult.Fail("Float cannot represent a number that is not finite.");
}

/// <summary>Numbers that keep every digit, such as money; up to 28 of them.</summary>
internal sealed class DecimalScalar : ScalarType
{
    private const NumberStyles Digits = NumberStyles.Float;

    public DecimalScalar() : base("Decimal")
    {
        Description = "A number that keeps every digit, up to 28 of them: 1234.50.";
        SpecifiedBy = "https://scalars.graphql.org/chillicream/decimal.html";
    }

    public override CoercionResult CoerceInput(JsonElement value) => value.ValueKind is JsonValueKind.Number
        ? Read(value.GetRawText())
        : CoercionResult.Fail($"Decimal cannot represent non numeric value: {value.GetRawText()}.");

    public override CoercionResult CoerceLiteral(ValueNode literal) => literal switch
    {
        IntValueNode number => Read(number.Value),
        FloatValueNode number => Read(number.Value),
        _ => CoercionResult.Fail($"Decimal cannot represent non numeric value: {Printer.Print(literal)}."),
    };

    public override CoercionResult CoerceResult(object value) => value switch
    {
        decimal => CoercionResult.Ok(value),
        int or long or short or byte or uint or ulong or ushort or sbyte =>
            CoercionResult.Ok(Convert.ToDecimal(value, CultureInfo.InvariantCulture)),
        double number when double.IsFinite(number) => Read(number.ToString("R", CultureInfo.InvariantCulture)),
        string text => Read(text),
        JsonElement { ValueKind: JsonValueKind.Number } number => Read(number.GetRawText()),
        JsonElement { ValueKind: JsonValueKind.String } text => Read(text.GetString()!),
        _ => CoercionResult.Fail("Decimal cannot represent what is no number."),
    };

    private static CoercionResult Read(string text) =>
        decimal.TryParse(text, Digits, CultureInfo.InvariantCulture, out var number)
            ? CoercionResult.Ok(number)
            : CoercionResult.Fail($"Decimal cannot represent {text}: it is no number of up to 28 digits.");
}

/// <summary>Reads whole numbers however they are written; decimal holds every one of 64 bits.</summary>
internal static class WholeNumber
{
    public static decimal? Read(JsonElement number) =>
        number.TryGetInt64(out var whole) ? whole : FromText(number.GetRawText());

    /// <summary>Digits of any length; numbers beyond decimal are beyond every integer type, too.</summary>
    public static decimal? Parse(string digits) => decimal.TryParse(
        digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) ? whole : decimal.MaxValue;

    public static decimal? From(object value) => value switch
    {
        int or short or byte or long or uint or ulong or ushort or sbyte =>
            Convert.ToDecimal(value, CultureInfo.InvariantCulture),
        bool flag => flag ? 1 : 0,
        decimal number => decimal.Truncate(number) == number ? number : null,
        double number => FromDouble(number),
        float number => FromDouble(number),
        string text => FromText(text),
        JsonElement { ValueKind: JsonValueKind.Number } number => Read(number),
        JsonElement { ValueKind: JsonValueKind.String } text => FromText(text.GetString()!),
        JsonElement { ValueKind: JsonValueKind.True } => 1,
        JsonElement { ValueKind: JsonValueKind.False } => 0,
        _ => null,
    };

    private static decimal? FromText(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? FromDouble(number)
            : null;

    private static decimal? FromDouble(double number) =>
        !double.IsFinite(number) || Math.Truncate(number) != number ? null
        : Math.Abs(number) > 1e19 ? decimal.MaxValue
        : (decimal)number;
}
