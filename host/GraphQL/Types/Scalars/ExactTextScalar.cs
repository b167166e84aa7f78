using System.Globalization;
using System.Text.Json;
using K12Hub.GraphQL.Language;

namespace K12Hub.GraphQL.Types;

/// <summary>A scalar that travels as text in one exact form and is a CLR value inside.</summary>
internal abstract class ExactTextScalar<T>(string name, string form) : ScalarType(name) where T : notnull
{
    public sealed override CoercionResult CoerceInput(JsonElement value) => value.ValueKind is JsonValueKind.String
        ? Read(value.GetString()!)
        : CoercionResult.Fail($"{Name} cannot represent a non string value: {value.GetRawText()}.");

    public sealed override CoercionResult CoerceLiteral(ValueNode literal) => literal is StringValueNode text
        ? Read(text.Value)
        : CoercionResult.Fail($"{Name} cannot represent a non string value: {Printer.Print(literal)}.");

    public sealed override CoercionResult CoerceResult(object value) => value switch
    {
        T own => CoercionResult.Ok(Format(own)),
        string text when TryParse(text, out _) => CoercionResult.Ok(text),
        JsonElement { ValueKind: JsonValueKind.String } text => CoerceResult(text.GetString()!),
        _ => CoercionResult.Fail($"{Name} cannot represent what is not {form}."),
    };

    protected abstract bool TryParse(string text, out T value);

    protected abstract string Format(T value);

    private CoercionResult Read(string text) => TryParse(text, out var value)
        ? CoercionResult.Ok(value)
        : CoercionResult.Fail($"{Name} cannot represent \"{text}\"; expected {form}.");
}

/// <summary>An instant with offset.</summary>
internal sealed class DateTimeScalar : ExactTextScalar<DateTimeOffset>
{
    private static readonly string[] Forms =
    [
        "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd't'HH:mm:ss.FFFFFFFK",
    ];

    public DateTimeScalar() : base("DateTime", "an RFC 3339 instant such as 2026-09-01T08:00:00Z")
    {
        Description = "An instant with offset, for example 2026-09-01T08:00:00Z.";
        SpecifiedBy = "https://scalars.graphql.org/chillicream/date-time.html";
    }

    protected override bool TryParse(string text, out DateTimeOffset value)
    {
        value = default;
        return HasOffset(text) && DateTimeOffset.TryParseExact(
            text, Forms, CultureInfo.InvariantCulture, DateTimeStyles.None, out value);
    }

    protected override string Format(DateTimeOffset value) => value.Offset == TimeSpan.Zero
        ? value.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture)
        : value.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz", CultureInfo.InvariantCulture);

    // Without an offset the text would mean another instant on every server.
    private static bool HasOffset(string text) =>
        text.Length > 19 && (text[^1] is 'Z' or 'z' || text.AsSpan(19).IndexOfAny('+', '-') >= 0);
}

/// <summary>A day without time zone.</summary>
internal sealed class LocalDateScalar : ExactTextScalar<DateOnly>
{
    public LocalDateScalar() : base("LocalDate", "a day such as 2026-09-01")
    {
        Description = "A day without time zone, for example 2026-09-01.";
        SpecifiedBy = "https://scalars.graphql.org/chillicream/local-date.html";
    }

    protected override bool TryParse(string text, out DateOnly value) => DateOnly.TryParseExact(
        text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out value);

    protected override string Format(DateOnly value) => value.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}

/// <summary>A UUID.</summary>
internal sealed class UuidScalar : ExactTextScalar<Guid>
{
    public UuidScalar() : base("UUID", "a UUID such as 123e4567-e89b-42d3-a456-426614174000")
    {
        Description = "A UUID, for example 123e4567-e89b-42d3-a456-426614174000.";
        SpecifiedBy = "https://www.rfc-editor.org/rfc/rfc9562";
    }

    protected override bool TryParse(string text, out Guid value) => Guid.TryParseExact(text, "D", out value);

    protected override string Format(Guid value) => value.ToString("D");
}
