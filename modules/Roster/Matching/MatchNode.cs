using K12Hub.GraphQL;
using K12Hub.GraphQL.Conventions;
using K12Hub.GraphQL.Data;
using K12Hub.Hosting;
using Microsoft.EntityFrameworkCore;

namespace K12Hub.Roster;

[QueryType]
internal static partial class MatchQueries
{
    /// <summary>Records that may be one person and wait for somebody to decide, the likeliest first.</summary>
    [UseConnection, UseFiltering, UseSorting, Authorize(Policy = RosterPermissions.Match)]
    public static Task<Page<MatchRow>> GetMatchesAsync(
        [GraphQLDescription("True for those that are linked, rejected or undone, too.")] bool? includeDecided,
        PagingArguments paging, QueryContext<MatchRow> query, Rows db, CancellationToken ct) =>
        (includeDecided is true ? db.Of<MatchRow>() : db.Of<MatchRow>().Where(x => x.State == "suggested"))
            .With(query, sort => sort.IfEmpty(o => o.AddDescending(x => x.Score)))
            .ToPageAsync(paging, ct);
}

[ObjectType<MatchRow>, Authorize(Policy = RosterPermissions.Match)]
internal static partial class MatchNode
{
    [NodeResolver]
    public static Task<MatchRow?> GetMatchAsync(Guid id, IMatchByIdDataLoader byId, CancellationToken ct) =>
        byId.LoadAsync(id, ct);

    /// <summary>One record.</summary>
    [BindMember(nameof(MatchRow.FirstId))]
    public static Task<PersonRow?> GetFirstAsync(
        [Parent(nameof(MatchRow.FirstId))] MatchRow match,
        QueryContext<PersonRow> query, IPersonByIdDataLoader people, CancellationToken ct) =>
        people.With(query).LoadAsync(match.FirstId, ct);

    /// <summary>The other one.</summary>
    [BindMember(nameof(MatchRow.SecondId))]
    public static Task<PersonRow?> GetSecondAsync(
        [Parent(nameof(MatchRow.SecondId))] MatchRow match,
        QueryContext<PersonRow> query, IPersonByIdDataLoader people, CancellationToken ct) =>
        people.With(query).LoadAsync(match.SecondId, ct);
}

[MutationType]
internal static partial class MatchMutations
{
    /// <summary>Two records are one person. They stay as they are; undoing it parts them again.</summary>
    [Authorize(Policy = RosterPermissions.Match)]
    public static async Task<MutationResult<MatchRow>> ConfirmMatchAsync(
        [ID<MatchRow>, GraphQLDescription("The match.")] Guid id, MatchDecisions matches, ViewerScope viewer,
        IMatchByIdDataLoader byId, CancellationToken ct) =>
        await AnswerAsync(await matches.ConfirmAsync(viewer.District, id, viewer.Viewer.Id, ct), id, byId, ct);

    /// <summary>Two records are not one person; it is not suggested again.</summary>
    [Authorize(Policy = RosterPermissions.Match)]
    public static async Task<MutationResult<MatchRow>> RejectMatchAsync(
        [ID<MatchRow>, GraphQLDescription("The match.")] Guid id, MatchDecisions matches, ViewerScope viewer,
        IMatchByIdDataLoader byId, CancellationToken ct) =>
        await AnswerAsync(await matches.RejectAsync(viewer.District, id, viewer.Viewer.Id, ct), id, byId, ct);

    /// <summary>Two records that were taken for one person are not; they are not linked again by themselves.</summary>
    [Authorize(Policy = RosterPermissions.Match)]
    public static async Task<MutationResult<MatchRow>> UndoMatchAsync(
        [ID<MatchRow>, GraphQLDescription("The match.")] Guid id, MatchDecisions matches, ViewerScope viewer,
        IMatchByIdDataLoader byId, CancellationToken ct) =>
        await AnswerAsync(await matches.UndoAsync(viewer.District, id, viewer.Viewer.Id, ct), id, byId, ct);

    private static async Task<MutationResult<MatchRow>> AnswerAsync(
        Refusal? refusal, Guid id, IMatchByIdDataLoader byId, CancellationToken ct) =>
        refusal is null ? await byId.LoadAsync(id, ct) : new MutationError(refusal.Code, refusal.Message);
}

internal static class MatchLoaders
{
    [DataLoader]
    public static Task<Dictionary<Guid, MatchRow>> GetMatchByIdAsync(
        IReadOnlyList<Guid> ids, QueryContext<MatchRow> query, Rows db, CancellationToken ct) =>
        db.Of<MatchRow>().Where(x => ids.Contains(x.Id)).With(query.Include(x => x.Id))
            .ToDictionaryAsync(x => x.Id, ct);
}
