using K12Hub.Contracts;
using K12Hub.OneRoster.Csv;

namespace K12Hub.OneRoster.Records;

/// <summary>Keys in other systems, written as <c>{LDAP:jdoe},{LTI:77}</c>, or sent as a list of pairs.</summary>
internal static class UserIdentifiers
{
    public static IReadOnlyList<UserIdentifier> Of(Row row, Column column)
    {
        if (row.TryParts(column, ListForm.Keys, out var sent)) return Sent(sent);
        var text = row.LongText(column);
        if (text is null) return [];
        var found = new List<UserIdentifier>();
        var rest = text.AsSpan();
        while (Next(ref rest) is { } part)
        {
            var colon = part.IndexOf(':', StringComparison.Ordinal);
            if (colon > 0) found.Add(new(part[..colon].Trim(), part[(colon + 1)..].Trim()));
        }

        if (found.Count == 0 || !rest.Trim().IsEmpty)
        {
            row.Warn(OneRosterRules.ValueDropped,
                "userIds is not written as {type:identifier}; what cannot be read is left out.", column);
        }

        return found;
    }

    private static UserIdentifier[] Sent(string[] parts) =>
        [.. parts.Select(part => part.Split(Row.FieldSeparator))
            .Where(fields => fields is [_, { Length: > 0 }])
            .Select(fields => new UserIdentifier(fields[0].Trim(), fields[1].Trim()))];

    private static string? Next(ref ReadOnlySpan<char> rest)
    {
        var open = rest.IndexOf('{');
        var close = open < 0 ? -1 : rest[open..].IndexOf('}');
        if (close < 0) return null;
        var part = rest.Slice(open + 1, close - 1).ToString();
        rest = rest[(open + close + 1)..];

        return part;
    }
}
