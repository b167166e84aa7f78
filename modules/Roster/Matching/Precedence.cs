namespace K12Hub.Roster;

/// <summary>Which source has the say about which field of whom.</summary>
internal static class Precedence
{
    /// <summary>What may be said of: all of staff, or one field: <c>staff.email</c>.</summary>
    public static readonly string[] Kinds = ["staff", "students", "guardians"];

    /// <summary>Fields that may be named one by one.</summary>
    public static readonly string[] Fields =
    [
        "givenName", "familyName", "preferredGivenName", "preferredFamilyName", "pronouns", "identifier", "email",
        "phone", "sms",
    ];

    /// <summary>The records in the order of their say: those in force first; of these the sources that the settings
    /// name, in their order; then the main source, then the others by name.</summary>
    public static IReadOnlyList<PersonRow> Ordered(
        this RosterSettings settings, IReadOnlyList<PersonRow> records, string kind, string? field)
    {
        var said = Said(settings, $"{kind}.{field}") ?? Said(settings, kind) ?? [];
        return
        [
            .. records.OrderBy(record => record.EndedAt is not null)
                .ThenBy(record => Array.FindIndex(said, source => Is(source, record.Source)) is var at and >= 0
                    ? at
                    : int.MaxValue)
                .ThenBy(record => record.Source != ImportOptions.MainSource)
                .ThenBy(record => record.Source, StringComparer.Ordinal)
                .ThenBy(record => record.Id),
        ];
    }

    /// <summary>Whether the settings may say something of it.</summary>
    public static bool IsKnown(string key) => Kinds.Any(kind =>
        Is(kind, key) || Fields.Any(field => Is($"{kind}.{field}", key)));

    private static string[]? Said(RosterSettings settings, string key) => settings.Precedence
        .Where(one => Is(one.Key, key))
        .Select(one => one.Value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        .FirstOrDefault();

    private static bool Is(string one, string other) => one.Equals(other, StringComparison.OrdinalIgnoreCase);
}
