using System.Globalization;
using K12Hub.Contracts;
using K12Hub.OneRosterProvider.Answering;

namespace K12Hub.OneRosterProvider.Asking;

/// <summary>Reads the parameter <c>filter</c>: one condition, or two with AND or OR between them.</summary>
internal static class FilterText
{
    private static readonly (string Sign, RosterOperator Operator)[] signs =
    [
        (">=", RosterOperator.GreaterOrEqual), ("<=", RosterOperator.LessOrEqual), ("!=", RosterOperator.NotEqual),
        ("=", RosterOperator.Equal), (">", RosterOperator.Greater), ("<", RosterOperator.Less),
        ("~", RosterOperator.Contains),
    ];

    /// <returns>The conditions and whether one of them is enough, or what is wrong.</returns>
    public static (RosterCondition[] Conditions, bool IsAnyEnough, ImsxStatus? Wrong) Parse(
        string text, IReadOnlyList<RosterField> fields)
    {
        var rest = text.AsSpan().Trim();
        var (first, wrong) = Clause(ref rest, fields);
        if (first is null) return ([], false, wrong);
        if (rest.IsEmpty) return ([first], false, null);

        var isOr = rest.StartsWith(" OR ", StringComparison.OrdinalIgnoreCase);
        if (!isOr && !rest.StartsWith(" AND ", StringComparison.OrdinalIgnoreCase))
            return ([], false, Unreadable);

        rest = rest[(isOr ? 4 : 5)..].TrimStart();
        (var second, wrong) = Clause(ref rest, fields);
        return second is null ? ([], false, wrong)
            : rest.IsEmpty ? ([first, second], isOr, null)
            : ([], false, Unreadable);
    }

    private static ImsxStatus Unreadable => ImsxStatus.InvalidFilter(
        "A filter is field, operator and a value in quotes, and may have a second one after AND or OR: "
        + "status='active' AND dateLastModified>'2026-08-01T00:00:00.000Z'.");

    private static (RosterCondition?, ImsxStatus?) Clause(
        ref ReadOnlySpan<char> rest, IReadOnlyList<RosterField> fields)
    {
        var end = rest.IndexOfAny("=!<>~");
        if (end < 0) return (null, Unreadable);

        var name = rest[..end].Trim().ToString();
        rest = rest[end..];
        foreach (var (sign, with) in signs)
        {
            if (!rest.StartsWith(sign, StringComparison.Ordinal)) continue;

            rest = rest[sign.Length..].TrimStart();
            if (Quoted(ref rest) is not { } value) return (null, Unreadable);
            if (fields.FirstOrDefault(field => field.Name == name) is not { } field)
                return (null, ImsxStatus.InvalidFilter($"There is no filter for the field {Shown(name)}."));
            if (!field.Allows(with))
                return (null, ImsxStatus.InvalidFilter($"The field {field.Name} cannot be compared by {sign}."));

            return Value(field, with, value) is { } typed
                ? (new(field.Name, with, typed), null)
                : (null, ImsxStatus.InvalidFilter($"The value for {field.Name} cannot be read."));
        }

        return (null, Unreadable);
    }

    /// <summary>The text between quotes; a quote in it is doubled.</summary>
    private static string? Quoted(ref ReadOnlySpan<char> rest)
    {
        if (rest.IsEmpty || rest[0] != '\'') return null;

        for (var i = 1; i < rest.Length; i++)
        {
            if (rest[i] != '\'') continue;
            if (i + 1 < rest.Length && rest[i + 1] == '\'')
            {
                i++;
                continue;
            }

            var value = rest[1..i].ToString().Replace("''", "'", StringComparison.Ordinal);
            rest = rest[(i + 1)..].TrimEnd();
            return value;
        }

        return null;
    }

    private static object? Value(RosterField field, RosterOperator with, string text) => field.Type switch
    {
        RosterFieldType.Texts when with is not RosterOperator.Contains =>
            text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries),
        RosterFieldType.Date =>
            DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, default, out var day) ? day : null,
        RosterFieldType.Moment => Moment(text),
        RosterFieldType.Flag => text switch { "true" => true, "false" => false, _ => null },
        RosterFieldType.Number =>
            int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null,
        RosterFieldType.Status => text switch
        {
            "active" => RecordStatus.Active,
            "tobedeleted" or "inactive" => RecordStatus.ToBeDeleted,
            _ => null,
        },
        // The database has no character 0.
        _ => text.Contains('\0', StringComparison.Ordinal) ? null : text,
    };

    private static DateTimeOffset? Moment(string text)
    {
        // A plus that was not escaped has become a blank.
        if (text.Length > 6 && text[^6] == ' ') text = $"{text[..^6]}+{text[^5..]}";
        return DateTimeOffset.TryParse(
            text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment)
            ? moment.ToUniversalTime()
            : null;
    }

    /// <summary>The beginning of what somebody sent, without what does not belong into a name.</summary>
    public static string Shown(string name) =>
        new([.. name.Where(c => char.IsAsciiLetterOrDigit(c) || c == '.').Take(40)]);
}
