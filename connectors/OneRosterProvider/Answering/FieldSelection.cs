using K12Hub.Contracts;
using K12Hub.OneRosterProvider.Asking;
using Microsoft.Extensions.Primitives;

namespace K12Hub.OneRosterProvider.Answering;

/// <summary>Reads the parameter <c>fields</c>.</summary>
internal static class FieldSelection
{
    /// <returns>The properties to write, or what is wrong.</returns>
    public static (IReadOnlyList<JsonProperty> Properties, ImsxStatus? Wrong) Parse(RosterList list, StringValues sent)
    {
        var all = RecordJson.Of(list);
        var names = sent.ToString().Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (names.Length == 0) return (all, null);

        return names.FirstOrDefault(name => all.All(property => property.Name != name)) is { } unknown
            ? ([], ImsxStatus.InvalidSelection($"There is no field {FilterText.Shown(unknown)}."))
            : ([.. all.Where(property => names.Contains(property.Name))], null);
    }
}
