using K12Hub.EventStore;
using K12Hub.GraphQL;
using K12Hub.Hosting;

[assembly: Module("AppTypes")]

namespace K12Hub.App;

[QueryType]
internal static partial class ProjectionQueries
{
    /// <summary>How far the read tables have come in the log of events, by name of the projection.</summary>
    [Authorize(Policy = ProjectionPermissions.Read)]
    public static Task<IReadOnlyList<ProjectionRow>> GetProjectionsAsync(
        DocumentStore store, ViewerScope viewer, CancellationToken ct) =>
        ProjectionRow.AllAsync(store, viewer.District, ct);
}

[ObjectType<ProjectionRow>, Authorize(Policy = ProjectionPermissions.Read)]
internal static partial class ProjectionNode;

[ObjectType<ProjectionFailureRow>, Authorize(Policy = ProjectionPermissions.Read)]
internal static partial class ProjectionFailureNode;

[ObjectType<ProjectionRebuildRow>, Authorize(Policy = ProjectionPermissions.Read)]
internal static partial class ProjectionRebuildNode;
