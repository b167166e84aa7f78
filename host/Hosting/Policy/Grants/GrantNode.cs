using K12Hub.GraphQL;
using K12Hub.GraphQL.Data;
using Microsoft.EntityFrameworkCore;

namespace K12Hub.Hosting;

[QueryType]
internal static partial class GrantQueries
{
    /// <summary>Roles that somebody was given, the latest first; what the roster gives is not among them.</summary>
    [UseConnection, UseFiltering, Authorize(Policy = PolicyPermissions.Read)]
    public static Task<Page<GrantRow>> GetGrantsAsync(
        [GraphQLDescription("True for what was ended, too.")] bool? includeEnded,
        PagingArguments paging, QueryContext<GrantRow> query, Rows db, CancellationToken ct) =>
        (includeEnded is true ? db.Of<GrantRow>() : db.Of<GrantRow>().Where(grant => grant.EndedAt == null))
            .With(query, sort => sort.IfEmpty(order => order.AddDescending(grant => grant.Id)))
            .ToPageAsync(paging, ct);
}

[ObjectType<GrantRow>, Authorize(Policy = PolicyPermissions.Read)]
internal static partial class GrantNode
{
    [NodeResolver]
    public static Task<GrantRow?> GetGrantAsync(Guid id, IGrantByIdDataLoader byId, CancellationToken ct) =>
        byId.LoadAsync(id, ct);
}

internal static class GrantLoaders
{
    [DataLoader]
    public static Task<Dictionary<Guid, GrantRow>> GetGrantByIdAsync(
        IReadOnlyList<Guid> ids, QueryContext<GrantRow> query, Rows db, CancellationToken ct) =>
        db.Of<GrantRow>().Where(grant => ids.Contains(grant.Id)).With(query.Include(grant => grant.Id))
            .ToDictionaryAsync(grant => grant.Id, ct);
}
