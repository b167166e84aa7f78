using System.Globalization;
using System.Xml;

namespace K12Hub.GraphQL.Types;

/// <summary>A time of day without date and zone.</summary>
internal sealed class LocalTimeScalar : ExactTextScalar<TimeOnly>
{
    private static readonly string[] Forms = ["HH:mm:ss", "HH:mm:ss.FFFFFFF"];

    public LocalTimeScalar() : base("LocalTime", "a time of day such as 07:45:00")
    {
        Description = "A time of day without date and time zone, for example 07:45:00.";
        SpecifiedBy = "https://scalars.graphql.org/chillicream/local-time.html";
    }

    protected override bool TryParse(string text, out TimeOnly value) =>
        TimeOnly.TryParseExact(text, Forms, CultureInfo.InvariantCulture, DateTimeStyles.None, out value);

    protected override string Format(TimeOnly value) =>
        value.ToString("HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture);
}

/// <summary>A length of time of days, hours, minutes and seconds. Years and months have no one length.</summary>
internal sealed class DurationScalar : ExactTextScalar<TimeSpan>
{
    public DurationScalar() : base("Duration", "an ISO 8601 length of time such as P1DT2H30M, in days and less")
    {
        Description = "A length of time as ISO 8601 writes it, in days, hours, minutes and seconds: P1DT2H30M.";
        SpecifiedBy = "https://scalars.graphql.org/chillicream/duration.html";
    }

    protected override bool TryParse(string text, out TimeSpan value)
    {
        value = default;
        var time = text.IndexOf('T', StringComparison.Ordinal);
        var date = text.AsSpan(0, time < 0 ? text.Length : time);
        if (date.IndexOfAny('Y', 'M') >= 0 || text != text.Trim()) return false;

        try
        {
            value = XmlConvert.ToTimeSpan(text);
            return true;
        }
        catch (Exception wrong) when (wrong is FormatException or OverflowException)
        {
            return false;
        }
    }

    protected override string Format(TimeSpan value) => XmlConvert.ToString(value);
}

/// <summary>An address.</summary>
internal sealed class UriScalar : ExactTextScalar<Uri>
{
    public UriScalar() : base("URI", "an absolute address such as https://k12hub.example/help")
    {
        Description = "An absolute address as RFC 3986 writes it, for example https://k12hub.example/help.";
        SpecifiedBy = "https://scalars.graphql.org/chillicream/uri.html";
    }

    protected override bool TryParse(string text, out Uri value)
    {
        // What begins with a slash is a path here and a file there.
        var isRead = Uri.TryCreate(text, UriKind.Absolute, out var read);
        value = read!;
        return isRead && text.Contains(':', StringComparison.Ordinal);
    }

    protected override string Format(Uri value) => value.OriginalString;
}
