using System.Globalization;
using System.Text.RegularExpressions;

namespace K12Hub.Roster;

/// <summary>How long something is kept, as ISO 8601 writes it in years, months and days: <c>P7Y</c>. 30 days to 100
/// years.</summary>
/// <param name="Years">Years.</param>
/// <param name="Months">Months.</param>
/// <param name="Days">Days.</param>
internal sealed partial record KeepFor(int Years, int Months, int Days)
{
    private const int ShortestDays = 30;
    private const int LongestDays = 36_600;
    private const int DaysOfYear = 365;
    private const int DaysOfMonth = 30;

    /// <summary>Reads one; null where it is none, or out of range.</summary>
    public static KeepFor? Read(string text)
    {
        if (Shape().Match(text.Trim()) is not { Success: true } match) return null;

        var keep = new KeepFor(Part(match, "y"), Part(match, "m"), Part(match, "d"));
        var days = (keep.Years * DaysOfYear) + (keep.Months * DaysOfMonth) + keep.Days;
        return days is >= ShortestDays and <= LongestDays ? keep : null;
    }

    /// <summary>As it is stored, and as PostgreSQL reads an interval.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"P{Said(Years, 'Y')}{Said(Months, 'M')}{Said(Days, 'D')}");

    private static string Said(int part, char unit) =>
        part == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"{part}{unit}");

    private static int Part(Match match, string name) => match.Groups[name] is { Success: true } part
        ? int.Parse(part.ValueSpan, CultureInfo.InvariantCulture)
        : 0;

    [GeneratedRegex(@"^P(?=\d)((?<y>\d{1,5})Y)?((?<m>\d{1,5})M)?((?<d>\d{1,5})D)?\z", RegexOptions.ExplicitCapture)]
    private static partial Regex Shape();
}
