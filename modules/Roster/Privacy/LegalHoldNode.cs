using K12Hub.GraphQL;
using K12Hub.GraphQL.Conventions;
using K12Hub.GraphQL.Data;
using K12Hub.Hosting;
using Microsoft.EntityFrameworkCore;

namespace K12Hub.Roster;

[QueryType]
internal static partial class LegalHoldQueries
{
    /// <summary>People of whom nothing may go, the latest first.</summary>
    [UseConnection, UseFiltering, UseSorting, Authorize(Policy = RosterPermissions.ReadPrivacy)]
    public static Task<Page<LegalHoldRow>> GetHoldsAsync(
        [GraphQLDescription("True for what was released, too.")] bool? includeReleased,
        PagingArguments paging, QueryContext<LegalHoldRow> query, Rows db, CancellationToken ct) =>
        (includeReleased is true ? db.Of<LegalHoldRow>() : db.Of<LegalHoldRow>().Where(x => x.ReleasedAt == null))
            .With(query, sort => sort.IfEmpty(o => o.AddDescending(x => x.PlacedAt)))
            .ToPageAsync(paging, ct);
}

[MutationType]
internal static partial class LegalHoldMutations
{
    /// <summary>Says that nothing of a person may go: neither a schedule nor a request erases what is known, until
    /// every hold of the person is released.</summary>
    [Authorize(Policy = RosterPermissions.Hold)]
    public static async Task<MutationResult<LegalHoldRow>> PlaceHoldAsync(
        [ID, GraphQLDescription("The person, student, guardian or member of staff.")] string personId,
        [GraphQLDescription("Why, for instance the number of the case.")] string reason,
        LegalHolds holds, ViewerScope viewer, ILegalHoldByIdDataLoader byId, CancellationToken ct)
    {
        var (id, refusal) = await holds.PlaceAsync(
            viewer.District, PersonIds.Decode(personId), reason, viewer.Viewer.Id, ct);
        return refusal is null ? await byId.LoadAsync(id, ct) : new MutationError(refusal.Code, refusal.Message);
    }

    /// <summary>Releases a hold. What waited for it goes on waiting: an erasure is approved anew.</summary>
    [Authorize(Policy = RosterPermissions.Hold)]
    public static async Task<MutationResult<LegalHoldRow>> ReleaseHoldAsync(
        [ID<LegalHoldRow>, GraphQLDescription("The hold.")] Guid id,
        [GraphQLDescription("Why it need not be kept any longer.")] string reason,
        LegalHolds holds, ViewerScope viewer, ILegalHoldByIdDataLoader byId, CancellationToken ct)
    {
        var refusal = await holds.ReleaseAsync(viewer.District, id, reason, viewer.Viewer.Id, ct);
        return refusal is null ? await byId.LoadAsync(id, ct) : new MutationError(refusal.Code, refusal.Message);
    }
}

[ObjectType<LegalHoldRow>, Authorize(Policy = RosterPermissions.ReadPrivacy)]
internal static partial class LegalHoldNode
{
    [NodeResolver]
    public static Task<LegalHoldRow?> GetLegalHoldAsync(
        Guid id, ILegalHoldByIdDataLoader byId, CancellationToken ct) => byId.LoadAsync(id, ct);

    /// <summary>The person.</summary>
    [BindMember(nameof(LegalHoldRow.PersonId))]
    public static Task<PersonRow?> GetPersonAsync(
        [Parent(nameof(LegalHoldRow.PersonId))] LegalHoldRow hold,
        QueryContext<PersonRow> query, IPersonByIdDataLoader people, CancellationToken ct) =>
        people.With(query).LoadAsync(hold.PersonId, ct);
}

internal static class LegalHoldLoaders
{
    [DataLoader]
    public static Task<Dictionary<Guid, LegalHoldRow>> GetLegalHoldByIdAsync(
        IReadOnlyList<Guid> ids, QueryContext<LegalHoldRow> query, Rows db, CancellationToken ct) =>
        db.Of<LegalHoldRow>().Where(x => ids.Contains(x.Id)).With(query.Include(x => x.Id))
            .ToDictionaryAsync(x => x.Id, ct);
}
