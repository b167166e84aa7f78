using K12Hub.GraphQL;
using K12Hub.GraphQL.Conventions;
using K12Hub.Hosting;

namespace K12Hub.Roster;

[MutationType]
internal static partial class SyncRunMutations
{
    /// <summary>Applies a run that is held: exactly what it shows.</summary>
    [Authorize(Policy = RosterPermissions.DecideRuns)]
    public static async Task<MutationResult<SyncRunRow>> ApplySyncRunAsync(
        [ID<SyncRunRow>, GraphQLDescription("The run.")] Guid id, RosterRuns runs, ViewerScope viewer,
        ISyncRunByIdDataLoader byId, CancellationToken ct) =>
        await AnswerAsync(await runs.ApplyAsync(viewer.District, id, viewer.Viewer.Id, ct), id, byId, ct);

    /// <summary>Says no to a run that is held; nothing of it is applied, and it cannot be applied later.</summary>
    [Authorize(Policy = RosterPermissions.DecideRuns)]
    public static async Task<MutationResult<SyncRunRow>> RejectSyncRunAsync(
        [ID<SyncRunRow>, GraphQLDescription("The run.")] Guid id,
        [GraphQLDescription("Why; it is kept, so never a name.")] string reason, RosterRuns runs, ViewerScope viewer,
        ISyncRunByIdDataLoader byId, CancellationToken ct) =>
        await AnswerAsync(await runs.RejectAsync(viewer.District, id, reason, viewer.Viewer.Id, ct), id, byId, ct);

    /// <summary>Takes the newest applied run of a source back: afterwards the roster is as it was before.</summary>
    [Authorize(Policy = RosterPermissions.DecideRuns)]
    public static async Task<MutationResult<SyncRunRow>> RollBackSyncRunAsync(
        [ID<SyncRunRow>, GraphQLDescription("The run.")] Guid id, RosterRuns runs, ViewerScope viewer,
        ISyncRunByIdDataLoader byId, CancellationToken ct) =>
        await AnswerAsync(await runs.RollBackAsync(viewer.District, id, viewer.Viewer.Id, ct), id, byId, ct);

    private static async Task<MutationResult<SyncRunRow>> AnswerAsync(
        RunAnswer answer, Guid id, ISyncRunByIdDataLoader byId, CancellationToken ct) =>
        answer.Refusal is { } refusal
            ? new MutationError(refusal.Code, refusal.Message)
            : await byId.LoadAsync(id, ct);
}
