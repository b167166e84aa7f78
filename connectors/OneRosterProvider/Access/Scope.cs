namespace K12Hub.OneRosterProvider.Access;

/// <summary>A scope of the standard, and what whoever has it may do here.</summary>
/// <param name="Word">Its name without the prefix.</param>
/// <param name="Permissions">The permissions it gives.</param>
internal sealed record Scope(string Word, IReadOnlyList<string> Permissions)
{
    private const string Prefix = "https://purl.imsglobal.org/spec/or/v1p2/scope/";

    /// <summary>Collections and single records, but no demographics.</summary>
    public static readonly Scope Core = new("roster-core.readonly", [ProviderPermissions.Core]);

    /// <summary>The same, and what belongs to a school, class, course, term or person.</summary>
    public static readonly Scope Nested =
        new("roster.readonly", [ProviderPermissions.Core, ProviderPermissions.Nested]);

    /// <summary>Demographics and nothing else.</summary>
    public static readonly Scope Demographics =
        new("roster-demographics.readonly", [ProviderPermissions.Demographics]);

    public static IReadOnlyList<Scope> All { get; } = [Core, Nested, Demographics];

    /// <summary>Its full name.</summary>
    public string Name => Prefix + Word;

    /// <summary>The scopes of a list, in full or short; null for one that is none of ours.</summary>
    public static IReadOnlyList<Scope?> Parse(string list) =>
        [.. list.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(name => All.FirstOrDefault(scope => scope.Name == name || scope.Word == name)).Distinct()];
}

/// <summary>What a client may be allowed to do.</summary>
internal static class ProviderPermissions
{
    /// <summary>Read collections and single records, but no demographics.</summary>
    public const string Core = "oneroster.core.read";

    /// <summary>Read what belongs to a school, class, course, term or person.</summary>
    public const string Nested = "oneroster.nested.read";

    /// <summary>Read demographics.</summary>
    public const string Demographics = "oneroster.demographics.read";
}
