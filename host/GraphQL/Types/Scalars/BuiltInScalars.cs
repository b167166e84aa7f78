using System.Collections.Frozen;

namespace K12Hub.GraphQL.Types;

/// <summary>The scalars nobody has to add: five of the specification, and the ones of our own house.</summary>
#pragma warning disable CA1720 // The names are the scalars'.
public static class BuiltInScalars
{
    /// <summary>32-bit whole numbers (3.5.1).</summary>
    public static ScalarType Int { get; } = new IntScalar();

    /// <summary>Finite double-precision numbers (3.5.2).</summary>
    public static ScalarType Float { get; } = new FloatScalar();

    /// <summary>Text (3.5.3).</summary>
    public static ScalarType String { get; } = new StringScalar();

    /// <summary>True or false (3.5.4).</summary>
    public static ScalarType Boolean { get; } = new BooleanScalar();

    /// <summary>Opaque keys (3.5.5).</summary>
    public static ScalarType Id { get; } = new IdScalar();

    /// <summary>An instant with offset, RFC 3339; in the CLR a DateTimeOffset.</summary>
    public static ScalarType DateTime { get; } = new DateTimeScalar();

    /// <summary>A day without time zone, yyyy-MM-dd; in the CLR a DateOnly.</summary>
    public static ScalarType LocalDate { get; } = new LocalDateScalar();

    /// <summary>A time of day without date and zone, HH:mm:ss; in the CLR a TimeOnly.</summary>
    public static ScalarType LocalTime { get; } = new LocalTimeScalar();

    /// <summary>A length of time, ISO 8601 in days and less; in the CLR a TimeSpan.</summary>
    public static ScalarType Duration { get; } = new DurationScalar();

    /// <summary>An absolute address, RFC 3986; in the CLR a Uri.</summary>
    public static ScalarType Uri { get; } = new UriScalar();

    /// <summary>Numbers that keep every digit; in the CLR a decimal.</summary>
    public static ScalarType Decimal { get; } = new DecimalScalar();

    /// <summary>A UUID; in the CLR a Guid.</summary>
    public static ScalarType Uuid { get; } = new UuidScalar();

    /// <summary>64-bit whole numbers.</summary>
    public static ScalarType Long { get; } = new LongScalar();

    /// <summary>Any JSON; in the CLR a JsonElement.</summary>
    public static ScalarType Json { get; } = new ScalarType("JSON")
    {
        Description = "Any JSON value.",
        SpecifiedBy = "https://www.rfc-editor.org/rfc/rfc8259",
    };

    /// <summary>A file sent beside the variables; in the CLR an <see cref="IFile"/>.</summary>
    public static ScalarType Upload { get; } = new UploadScalar();

    /// <summary>All of them by name.</summary>
    public static IReadOnlyDictionary<string, ScalarType> ByName { get; } =
        new[]
        {
            Int, Float, String, Boolean, Id, DateTime, LocalDate, LocalTime, Duration, Uri, Uuid, Long, Decimal, Json,
            Upload,
        }
            .ToFrozenDictionary(scalar => scalar.Name, StringComparer.Ordinal);

    /// <summary>The five the specification defines.</summary>
    internal static IReadOnlyList<ScalarType> Specified { get; } = [Int, Float, String, Boolean, Id];
}
