using System.Collections.Frozen;
using System.Text.Json;
using K12Hub.Contracts;
using K12Hub.OneRosterProvider.Access;

namespace K12Hub.OneRosterProvider.Asking;

/// <summary>One of the standard's operations: a list, a record of one, or what belongs to a record.</summary>
/// <param name="Template">Its path with a star for each key.</param>
/// <param name="List">What is answered.</param>
/// <param name="Of">The lists of the records it belongs to.</param>
/// <param name="IsOne">Whether one record is asked for.</param>
internal sealed record ProviderRoute(string Template, RosterList List, IReadOnlyList<RosterList> Of, bool IsOne)
{
    private static readonly string[] nested =
    [
        "schools/*/classes", "schools/*/courses", "schools/*/enrollments", "schools/*/students", "schools/*/teachers",
        "schools/*/terms", "schools/*/classes/*/enrollments", "schools/*/classes/*/students",
        "schools/*/classes/*/teachers", "classes/*/students", "classes/*/teachers", "courses/*/classes",
        "terms/*/classes", "terms/*/gradingPeriods", "students/*/classes", "teachers/*/classes", "users/*/classes",
    ];

    private static readonly FrozenDictionary<string, RosterList> lists = Enum.GetValues<RosterList>()
        .ToFrozenDictionary(NameOf, StringComparer.Ordinal);

    /// <summary>All 41 of them.</summary>
    public static IReadOnlyList<ProviderRoute> All { get; } =
    [
        .. lists.Select(list => new ProviderRoute(list.Key, list.Value, [], IsOne: false)),
        .. lists.Select(list => new ProviderRoute($"{list.Key}/*", list.Value, [], IsOne: true)),
        .. nested.Select(Nested),
    ];

    private static readonly FrozenDictionary<string, ProviderRoute> byTemplate =
        All.ToFrozenDictionary(route => route.Template, StringComparer.Ordinal);

    /// <summary>What a client must be allowed to do.</summary>
    public string Permission => List is RosterList.Demographics ? ProviderPermissions.Demographics
        : Of.Count > 0 ? ProviderPermissions.Nested
        : ProviderPermissions.Core;

    /// <summary>Whether it tells nothing of people but directory information: who teaches whom is none.</summary>
    public bool IsDirectory => List switch
    {
        RosterList.Users or RosterList.Demographics => true,
        RosterList.Students => Of is [] or [RosterList.Schools],
        RosterList.Teachers or RosterList.Enrollments => false,
        _ => Of.All(list => list is not (RosterList.Users or RosterList.Students or RosterList.Teachers)),
    };

    /// <summary>The name of a list in paths.</summary>
    public static string NameOf(RosterList list) => JsonNamingPolicy.CamelCase.ConvertName(list.ToString());

    /// <summary>The operation of a path below the base, and the keys in it; null when there is none.</summary>
    /// <param name="path">As it was sent: a key may hold an escaped slash.</param>
    public static (ProviderRoute Route, string[] Keys)? Find(string path)
    {
        var parts = path.Split('/');
        var keys = new List<string>();
        for (var i = 1; i < parts.Length; i += 2)
        {
            if (parts[i].Length == 0) return null;

            keys.Add(Uri.UnescapeDataString(parts[i]));
            parts[i] = "*";
        }

        return byTemplate.TryGetValue(string.Join('/', parts), out var route) ? (route, [.. keys]) : null;
    }

    private static ProviderRoute Nested(string template)
    {
        var parts = template.Split('/');
        return new(
            template, lists[parts[^1]], [.. parts[..^1].Where(part => part != "*").Select(part => lists[part])],
            IsOne: false);
    }
}
