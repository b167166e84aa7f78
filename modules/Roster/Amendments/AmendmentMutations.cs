using K12Hub.GraphQL;
using K12Hub.GraphQL.Conventions;
using K12Hub.Hosting;

namespace K12Hub.Roster;

[MutationType]
internal static partial class AmendmentMutations
{
    /// <summary>Asks that a record of a student be amended, for what is wrong, misleading or violates privacy. While it
    /// waits nothing of the student is erased.</summary>
    [Authorize(Policy = RosterPermissions.RequestAmendment)]
    public static async Task<MutationResult<AmendmentRow>> RequestAmendmentAsync(
        [ID<StudentRow>, GraphQLDescription("Whose record it is.")] Guid studentId,
        [GraphQLDescription("Which part of the record.")] string what,
        [GraphQLDescription("Why, and what it should say instead.")] string why,
        AmendmentDesk desk, ViewerScope viewer, IAmendmentByIdDataLoader byId, CancellationToken ct)
    {
        var (id, refusal) = await desk.RequestAsync(viewer.District, viewer.Viewer, studentId, what, why, ct);
        return await AnswerAsync(refusal, id, byId, ct);
    }

    /// <summary>Accepts it; also what was declined before, as after a hearing. The record itself is put right at the
    /// source, or by overrideField.</summary>
    [Authorize(Policy = RosterPermissions.DecideAmendment)]
    public static async Task<MutationResult<AmendmentRow>> AcceptAmendmentAsync(
        [ID<AmendmentRow>, GraphQLDescription("The request.")] Guid id,
        AmendmentDesk desk, ViewerScope viewer, IAmendmentByIdDataLoader byId, CancellationToken ct) =>
        await AnswerAsync(await desk.AcceptAsync(viewer.District, viewer.Viewer, id, ct), id, byId, ct);

    /// <summary>Declines it. The family then has the rights that the answer's field rights tells.</summary>
    [Authorize(Policy = RosterPermissions.DecideAmendment)]
    public static async Task<MutationResult<AmendmentRow>> DeclineAmendmentAsync(
        [ID<AmendmentRow>, GraphQLDescription("The request.")] Guid id,
        [GraphQLDescription("Why; the family reads it.")] string reason,
        AmendmentDesk desk, ViewerScope viewer, IAmendmentByIdDataLoader byId, CancellationToken ct) =>
        await AnswerAsync(await desk.DeclineAsync(viewer.District, viewer.Viewer, id, reason, ct), id, byId, ct);

    /// <summary>Puts the family's word with a record whose amendment was declined, in the place of an earlier one. It
    /// is kept as long as the record.</summary>
    [Authorize(Policy = RosterPermissions.RequestAmendment)]
    public static async Task<MutationResult<AmendmentRow>> AddAmendmentStatementAsync(
        [ID<AmendmentRow>, GraphQLDescription("The request.")] Guid id,
        [GraphQLDescription("What the family says.")] string statement,
        AmendmentDesk desk, ViewerScope viewer, IAmendmentByIdDataLoader byId, CancellationToken ct) =>
        await AnswerAsync(
            await desk.AddStatementAsync(viewer.District, viewer.Viewer, id, statement, ct), id, byId, ct);

    private static async Task<MutationResult<AmendmentRow>> AnswerAsync(
        Refusal? refusal, Guid id, IAmendmentByIdDataLoader byId, CancellationToken ct) =>
        refusal is null ? await byId.LoadAsync(id, ct) : new MutationError(refusal.Code, refusal.Message);
}
