using K12Hub.GraphQL;
using K12Hub.GraphQL.Conventions;
using K12Hub.GraphQL.Data;
using Microsoft.EntityFrameworkCore;

namespace K12Hub.Hosting;

[QueryType]
internal static partial class BreakGlassQueries
{
    /// <summary>Private objects that somebody asked to see or was let see, the latest first; the team of a topic sees
    /// those of its own.</summary>
    [UseConnection, UseFiltering, Authorize(Policy = BreakGlassAccess.Read)]
    public static Task<Page<BreakGlassRow>> GetBreakGlassUsesAsync(
        [GraphQLDescription("True for those alone that were opened and that nobody else has looked at yet.")]
        bool? unseen,
        PagingArguments paging, QueryContext<BreakGlassRow> query, Rows db, CancellationToken ct)
    {
        var uses = db.Of<BreakGlassRow>();
        if (unseen is true) uses = uses.Where(use => use.ApprovedAt != null && use.SeenAt == null);
        return uses.With(query, sort => sort.IfEmpty(order => order.AddDescending(use => use.Id)))
            .ToPageAsync(paging, ct);
    }
}

[ObjectType<BreakGlassRow>, Authorize(Policy = BreakGlassAccess.Read)]
internal static partial class BreakGlassNode
{
    [NodeResolver]
    public static Task<BreakGlassRow?> GetBreakGlassAsync(
        Guid id, IBreakGlassByIdDataLoader byId, CancellationToken ct) => byId.LoadAsync(id, ct);

    /// <summary>The global id of the object.</summary>
    [ID]
    public static string GetObjectId(
        [Parent(nameof(BreakGlassRow.ObjectType), nameof(BreakGlassRow.ObjectKey))] BreakGlassRow use) =>
        NodeId.Encode(use.ObjectType, use.ObjectKey)!;
}

internal static class BreakGlassLoaders
{
    [DataLoader]
    public static Task<Dictionary<Guid, BreakGlassRow>> GetBreakGlassByIdAsync(
        IReadOnlyList<Guid> ids, QueryContext<BreakGlassRow> query, Rows db, CancellationToken ct) =>
        db.Of<BreakGlassRow>().Where(use => ids.Contains(use.Id)).With(query.Include(use => use.Id))
            .ToDictionaryAsync(use => use.Id, ct);
}

[MutationType]
internal static partial class BreakGlassMutations
{
    /// <summary>Asks to see a private object that one could see if it were not. It is not seen before a second person
    /// agrees.</summary>
    [Authorize(Policy = BreakGlassAccess.Request)]
    public static async Task<MutationResult<AskedBreakGlass>> RequestBreakGlassAsync(
        [ID, GraphQLName("object"), GraphQLDescription("The global id of the object.")] string target,
        [GraphQLDescription("Why, for its team and whoever asks later; without names.")] string reason,
        [GraphQLDescription("For how many hours, 1 to 24; 4 without it.")] int? hours,
        BreakGlassDesk desk, ViewerScope viewer, CancellationToken ct)
    {
        var (id, refusal) = await desk.RequestAsync(
            viewer.Viewer, viewer.District, target, reason, hours ?? BreakGlassDesk.UsualHours, ct)
            .ConfigureAwait(false);
        return refusal is null ? new AskedBreakGlass(NodeId.Encode("BreakGlass", id)!) : Error(refusal);
    }

    /// <summary>Agrees that somebody sees a private object, from now on for as long as was asked. Nobody agrees to what
    /// they asked for themselves. The team of the object's topic is told.</summary>
    [Authorize(Policy = BreakGlassAccess.Approve)]
    public static async Task<MutationResult<BreakGlassRow>> ApproveBreakGlassAsync(
        [ID<BreakGlassRow>, GraphQLDescription("What was asked for.")] Guid id,
        BreakGlassDesk desk, ViewerScope viewer, IBreakGlassByIdDataLoader byId, CancellationToken ct) =>
        await desk.ApproveAsync(viewer.Viewer, viewer.District, id, ct).ConfigureAwait(false) is { } refusal
            ? Error(refusal)
            : await byId.LoadAsync(id, ct).ConfigureAwait(false);

    /// <summary>Notes that one has looked at what was opened, and why, when it is closed again: somebody who may see
    /// such uses, and neither asked for it nor agreed. Until then it is among breakGlassUses(unseen: true).</summary>
    [Authorize(Policy = BreakGlassAccess.Read)]
    public static async Task<MutationResult<BreakGlassRow>> AcknowledgeBreakGlassAsync(
        [ID<BreakGlassRow>, GraphQLDescription("What was opened.")] Guid id,
        BreakGlassDesk desk, ViewerScope viewer, IBreakGlassByIdDataLoader byId, CancellationToken ct) =>
        await desk.SeeAsync(viewer.Viewer, viewer.District, id, ct).ConfigureAwait(false) is { } refusal
            ? Error(refusal)
            : await byId.LoadAsync(id, ct).ConfigureAwait(false);

    private static MutationError Error(Refusal refusal) =>
        new(refusal.Code, refusal.Message) { Path = refusal.Path };
}

/// <summary>That somebody asked.</summary>
/// <param name="UseId">What a second person agrees to.</param>
internal sealed record AskedBreakGlass([property: ID] string UseId);

[ObjectType<AskedBreakGlass>, Authorize(Policy = BreakGlassAccess.Request)]
internal static partial class AskedBreakGlassNode;
