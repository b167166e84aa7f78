using K12Hub.Contracts;
using K12Hub.EventStore;

namespace K12Hub.Roster;

/// <summary>Somebody said what the columns of a source's supplementary files mean. Each source has a stream of
/// its own.</summary>
/// <remarks>Shapes are stored for ever: add, never rename.</remarks>
/// <param name="Source">Key of the source.</param>
/// <param name="Version">Number of the mapping, from 1.</param>
/// <param name="Columns">The columns that have other names or words than ours.</param>
internal sealed record SupplementMapped(string Source, int Version, IReadOnlyList<SupplementColumn> Columns)
{
    /// <summary>Stored name of the streams.</summary>
    public const string StreamKind = "supplement_mapping";

    public static void Map(EventMap events) => events.MapEventType<SupplementMapped>("roster.supplement_mapped");

    /// <summary>The stream of a source.</summary>
    public static Guid IdOf(string source) => RosterId.Of(source, "supplementMappings", "");
}
