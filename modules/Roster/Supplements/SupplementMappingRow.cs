using System.Text.Json;
using K12Hub.Contracts;
using K12Hub.GraphQL;

namespace K12Hub.Roster;

/// <summary>What the columns of a source's supplementary files mean, as somebody once said it. The highest version is
/// in force.</summary>
internal sealed record SupplementMappingRow
{
    /// <summary>Key of the source.</summary>
    public string Source { get; init; } = "";

    /// <summary>Counted from 1; each run says which one it read with.</summary>
    public int Version { get; init; }

    /// <summary>The columns as JSON.</summary>
    [GraphQLIgnore]
    public string Mapping { get; init; } = "[]";

    /// <summary>When it was said.</summary>
    public DateTimeOffset MappedAt { get; init; }

    /// <summary>Id of who said it.</summary>
    public string? MappedBy { get; init; }

    /// <summary>The columns that have other names or words than ours.</summary>
    public static IReadOnlyList<SupplementColumn> ColumnsOf(string mapping) =>
        JsonSerializer.Deserialize<SupplementColumn[]>(mapping, JsonSerializerOptions.Web) ?? [];

    /// <summary>The columns as they are stored.</summary>
    public static string Json(IReadOnlyList<SupplementColumn> columns) =>
        JsonSerializer.Serialize(columns, JsonSerializerOptions.Web);
}
