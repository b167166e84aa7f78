using System.Globalization;
using System.Text.RegularExpressions;

namespace K12Hub.District.Serving;

/// <summary>The filters a served district understands: when a row last changed, and its status.</summary>
internal static partial class ServedFilter
{
    /// <summary>The rows that satisfy a filter; null when it is not understood.</summary>
    public static IReadOnlyList<ServedRow>? Apply(string filter, IReadOnlyList<ServedRow> rows, Faults faults)
    {
        var match = Clause().Match(filter);
        if (!match.Success) return null;
        var value = match.Groups["value"].Value;
        if (match.Groups["field"].Value == "status") return [.. rows.Where(row => row.Active == (value == "active"))];

        var after = DateTime.Parse(
            value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal);
        // Nothing is later than a day that is not known.
        return faults.Has("nullDates") ? [] : [.. rows.Where(row => row.Modified > after)];
    }

    [GeneratedRegex("^((?<field>dateLastModified)>|(?<field>status)=)'(?<value>[^']*)'$")]
    private static partial Regex Clause();
}
