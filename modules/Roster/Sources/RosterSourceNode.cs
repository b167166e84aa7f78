using K12Hub.GraphQL;
using K12Hub.GraphQL.Data;
using K12Hub.Hosting;

namespace K12Hub.Roster;

[QueryType]
internal static partial class RosterSourceQueries
{
    /// <summary>The systems that rosters come from, by name, and how old what is known of each is.</summary>
    [Authorize(Policy = RosterPermissions.ReadRuns), ListSize(AssumedSize = 5)]
    public static Task<IReadOnlyList<RosterSource>> GetRosterSourcesAsync(
        SourceStates states, ViewerScope viewer, CancellationToken ct) => states.FindAsync(viewer.District, ct);
}

[ObjectType<RosterSource>, Authorize(Policy = RosterPermissions.ReadRuns)]
internal static partial class RosterSourceNode
{
    /// <summary>The last run, whatever came of it.</summary>
    [BindMember(nameof(RosterSource.LastRunId))]
    public static async Task<SyncRunRow?> GetLastRunAsync(
        [Parent(nameof(RosterSource.LastRunId))] RosterSource source,
        QueryContext<SyncRunRow> query, ISyncRunByIdDataLoader runs, CancellationToken ct) =>
        source.LastRunId is { } id ? await runs.With(query).LoadAsync(id, ct) : null;

    /// <summary>The run that waits for a person to decide.</summary>
    [BindMember(nameof(RosterSource.HeldRunId))]
    public static async Task<SyncRunRow?> GetHeldRunAsync(
        [Parent(nameof(RosterSource.HeldRunId))] RosterSource source,
        QueryContext<SyncRunRow> query, ISyncRunByIdDataLoader runs, CancellationToken ct) =>
        source.HeldRunId is { } id ? await runs.With(query).LoadAsync(id, ct) : null;
}
