using K12Hub.GraphQL;
using K12Hub.GraphQL.Data;
using K12Hub.Hosting;
using Microsoft.EntityFrameworkCore;

namespace K12Hub.Roster;

[QueryType]
internal static partial class ErasureQueries
{
    /// <summary>Erasures of people: what waits for a second person, and the certificates of what was done, the latest
    /// first.</summary>
    [UseConnection, UseFiltering, UseSorting, Authorize(Policy = RosterPermissions.ReadPrivacy)]
    public static Task<Page<ErasureRow>> GetErasuresAsync(
        PagingArguments paging, QueryContext<ErasureRow> query, Rows db, CancellationToken ct) =>
        db.Of<ErasureRow>()
            .With(query, sort => sort.IfEmpty(o => o.AddDescending(x => x.RequestedAt)))
            .ToPageAsync(paging, ct);
}

[ObjectType<ErasureRow>, Authorize(Policy = RosterPermissions.ReadPrivacy)]
internal static partial class ErasureNode
{
    [NodeResolver]
    public static Task<ErasureRow?> GetErasureAsync(Guid id, IErasureByIdDataLoader byId, CancellationToken ct) =>
        byId.LoadAsync(id, ct);

    /// <summary>The person.</summary>
    [BindMember(nameof(ErasureRow.PersonId))]
    public static Task<PersonRow?> GetPersonAsync(
        [Parent(nameof(ErasureRow.PersonId))] ErasureRow erasure,
        QueryContext<PersonRow> query, IPersonByIdDataLoader people, CancellationToken ct) =>
        people.With(query).LoadAsync(erasure.PersonId, ct);

    /// <summary>How many rows of which tables were emptied; nothing before it was done.</summary>
    public static IReadOnlyList<ErasureCount> Counts(
        [Parent(nameof(ErasureRow.Tables), nameof(ErasureRow.Emptied))] ErasureRow erasure) =>
        [.. erasure.Tables.Zip(erasure.Emptied, (table, rows) => new ErasureCount(table, rows))];
}

[ObjectType<ErasureCount>, Authorize(Policy = RosterPermissions.ReadPrivacy)]
internal static partial class ErasureCountNode;

internal static class ErasureLoaders
{
    [DataLoader]
    public static Task<Dictionary<Guid, ErasureRow>> GetErasureByIdAsync(
        IReadOnlyList<Guid> ids, QueryContext<ErasureRow> query, Rows db, CancellationToken ct) =>
        db.Of<ErasureRow>().Where(x => ids.Contains(x.Id)).With(query.Include(x => x.Id))
            .ToDictionaryAsync(x => x.Id, ct);
}
