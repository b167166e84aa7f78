using K12Hub.GraphQL;
using K12Hub.GraphQL.Conventions;
using K12Hub.Hosting;

namespace K12Hub.Roster;

[MutationType]
internal static partial class ErasureMutations
{
    /// <summary>Asks that everything that is known of a person be erased. Somebody else has to approve.</summary>
    [Authorize(Policy = RosterPermissions.RequestErasure)]
    public static async Task<MutationResult<ErasureRow>> RequestErasureAsync(
        [ID, GraphQLDescription("The person, student, guardian or member of staff.")] string personId,
        [GraphQLDescription("Why, for instance the number of the request; it is kept, so never a name.")]
        string reason,
        ErasureDesk desk, ViewerScope viewer, IErasureByIdDataLoader byId, CancellationToken ct)
    {
        var person = PersonIds.Decode(personId);
        var refusal = await desk.RequestAsync(viewer.District, person, reason, viewer.Viewer.Id, ct);
        return await AnswerAsync(refusal, ErasureRequest.IdOf(person), byId, ct);
    }

    /// <summary>Approves the erasure of a person, which then is done for good. Not for who asked for it.</summary>
    [Authorize(Policy = RosterPermissions.ApproveErasure)]
    public static async Task<MutationResult<ErasureRow>> ApproveErasureAsync(
        [ID<ErasureRow>, GraphQLDescription("The erasure.")] Guid id,
        ErasureDesk desk, ViewerScope viewer, IErasureByIdDataLoader byId, CancellationToken ct) =>
        await AnswerAsync(await desk.ApproveAsync(viewer.District, id, viewer.Viewer.Id, ct), id, byId, ct);

    /// <summary>Declines the erasure of a person; also for who asked for it.</summary>
    [Authorize(Policy = RosterPermissions.ApproveErasure)]
    public static async Task<MutationResult<ErasureRow>> DeclineErasureAsync(
        [ID<ErasureRow>, GraphQLDescription("The erasure.")] Guid id,
        ErasureDesk desk, ViewerScope viewer, IErasureByIdDataLoader byId, CancellationToken ct) =>
        await AnswerAsync(await desk.DeclineAsync(viewer.District, id, viewer.Viewer.Id, ct), id, byId, ct);

    private static async Task<MutationResult<ErasureRow>> AnswerAsync(
        Refusal? refusal, Guid id, IErasureByIdDataLoader byId, CancellationToken ct) =>
        refusal is null ? await byId.LoadAsync(id, ct) : new MutationError(refusal.Code, refusal.Message);
}
