using K12Hub.GraphQL;
using K12Hub.GraphQL.Conventions;
using K12Hub.GraphQL.Data;
using K12Hub.Hosting;
using Microsoft.EntityFrameworkCore;

namespace K12Hub.StaffDirectory;

[QueryType]
internal static partial class ContactChainQueries
{
    /// <summary>Whom people ask about areas, and whom next; of an area or a school with <c>where</c>.</summary>
    [UseConnection, UseFiltering, Authorize(Policy = DirectoryPermissions.ReadChains)]
    public static Task<Page<ContactChainRow>> GetContactChainsAsync(
        [GraphQLDescription("True for what holds no longer, too.")] bool? includeRetired,
        PagingArguments paging, QueryContext<ContactChainRow> query, Rows db, CancellationToken ct) =>
        (includeRetired is true ? db.Of<ContactChainRow>() : db.Of<ContactChainRow>().Where(x => !x.IsRetired))
            .With(query, sort => sort.IfEmpty(o => o.AddAscending(x => x.Id)))
            .ToPageAsync(paging, ct);
}

[MutationType]
internal static partial class ContactChainMutations
{
    /// <summary>Says whom one asks about an area, and whom next, at one school or in the whole district. It takes the
    /// place of what was said before, which the log keeps.</summary>
    [Authorize(Policy = DirectoryPermissions.EditChains)]
    public static async Task<MutationResult<ContactChainRow>> SetContactChainAsync(
        [GraphQLDescription("The area's key: bus-passes.")] string area,
        [ID("School"), GraphQLDescription("At which school; null for the whole district.")] Guid? schoolId,
        [GraphQLDescription("Who asks.")] ContactAudience audience,
        [GraphQLDescription("Whom one asks, the first coming first; 1 to 10.")] IReadOnlyList<ContactStepInput> steps,
        ChainBook chains, ViewerScope viewer, IContactChainByIdDataLoader byId, CancellationToken ct)
    {
        var (id, refusal) = await chains.SetAsync(
            viewer.District, area, schoolId, audience is ContactAudience.Staff,
            [.. steps.Select(step => step.ToStep())], viewer.Viewer.Id, ct);
        return refusal is null
            ? await byId.LoadAsync(id, ct)
            : new MutationError(refusal.Code, refusal.Message) { Path = refusal.Path };
    }

    /// <summary>Says that a chain holds no longer: at a school that of the whole district holds then.</summary>
    [Authorize(Policy = DirectoryPermissions.EditChains)]
    public static async Task<MutationResult<ContactChainRow>> RetireContactChainAsync(
        [ID<ContactChainRow>, GraphQLDescription("The chain.")] Guid id,
        ChainBook chains, ViewerScope viewer, IContactChainByIdDataLoader byId, CancellationToken ct)
    {
        var refusal = await chains.RetireAsync(viewer.District, id, viewer.Viewer.Id, ct);
        return refusal is null ? await byId.LoadAsync(id, ct) : new MutationError(refusal.Code, refusal.Message);
    }
}

[ObjectType<ContactChainRow>, Authorize(Policy = DirectoryPermissions.ReadChains)]
internal static partial class ContactChainNode
{
    [NodeResolver]
    public static Task<ContactChainRow?> GetContactChainAsync(
        Guid id, IContactChainByIdDataLoader byId, CancellationToken ct) => byId.LoadAsync(id, ct);

    /// <summary>What one needs.</summary>
    [BindMember(nameof(ContactChainRow.AreaId))]
    public static Task<AreaRow?> GetAreaAsync(
        [Parent(nameof(ContactChainRow.AreaId))] ContactChainRow chain, QueryContext<AreaRow> query,
        IAreaByIdDataLoader areas, CancellationToken ct) => areas.With(query).LoadAsync(chain.AreaId, ct);

    /// <summary>Who asks.</summary>
    public static ContactAudience Audience([Parent(nameof(ContactChainRow.Audience))] ContactChainRow chain) =>
        ContactWords.AudienceOf(chain.Audience);

    /// <summary>Whom one asks, the first coming first.</summary>
    [ListSize(AssumedSize = 4)]
    public static IReadOnlyList<ContactStep> Steps(
        [Parent(
            nameof(ContactChainRow.Positions), nameof(ContactChainRow.Places), nameof(ContactChainRow.Hours),
            nameof(ContactChainRow.MoveOnAfter))]
        ContactChainRow chain) => ContactStep.Of(chain);
}

[ObjectType<ContactStep>, Authorize(Policy = DirectoryPermissions.ReadChains)]
internal static partial class ContactStepNode
{
    /// <summary>Whom one asks: whoever is that then.</summary>
    [BindMember(nameof(ContactStep.PositionId))]
    public static Task<PositionRow?> GetPositionAsync(
        [Parent(nameof(ContactStep.PositionId))] ContactStep step, QueryContext<PositionRow> query,
        IPositionByIdDataLoader positions, CancellationToken ct) =>
        positions.With(query).LoadAsync(step.PositionId, ct);
}

internal static class ContactChainLoaders
{
    [DataLoader]
    public static Task<Dictionary<Guid, ContactChainRow>> GetContactChainByIdAsync(
        IReadOnlyList<Guid> ids, QueryContext<ContactChainRow> query, Rows db, CancellationToken ct) =>
        db.Of<ContactChainRow>().Where(x => ids.Contains(x.Id)).With(query.Include(x => x.Id))
            .ToDictionaryAsync(x => x.Id, ct);
}
