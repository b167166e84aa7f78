using K12Hub.GraphQL;
using K12Hub.GraphQL.Data;
using K12Hub.Hosting;
using Microsoft.EntityFrameworkCore;

namespace K12Hub.Roster;

[QueryType]
internal static partial class SyncRunQueries
{
    /// <summary>Readings of roster sources, the latest first.</summary>
    [UseConnection, UseFiltering, UseSorting, Authorize(Policy = RosterPermissions.ReadRuns)]
    public static Task<Page<SyncRunRow>> GetSyncRunsAsync(
        PagingArguments paging, QueryContext<SyncRunRow> query, Rows db, CancellationToken ct) =>
        db.Of<SyncRunRow>()
            .With(query, sort => sort.IfEmpty(o => o.AddDescending(x => x.StartedAt)))
            .ToPageAsync(paging, ct);
}

[ObjectType<SyncRunRow>, Authorize(Policy = RosterPermissions.ReadRuns)]
internal static partial class SyncRunNode
{
    [NodeResolver]
    public static Task<SyncRunRow?> GetSyncRunAsync(Guid id, ISyncRunByIdDataLoader byId, CancellationToken ct) =>
        byId.LoadAsync(id, ct);

    /// <summary>What it did to each collection.</summary>
    public static async Task<IReadOnlyList<SyncCountRow>> GetCountsAsync(
        [Parent(nameof(SyncRunRow.Id))] SyncRunRow run, ICountsByRunIdDataLoader counts, CancellationToken ct) =>
        await counts.LoadAsync(run.Id, ct) ?? [];

    /// <summary>What it found wrong, in the order of finding; the first 1,000 are kept.</summary>
    [UseConnection(DefaultPageSize = 50)]
    public static async Task<Page<SyncFindingRow>> GetFindingsAsync(
        [Parent(nameof(SyncRunRow.Id))] SyncRunRow run, PagingArguments paging,
        QueryContext<SyncFindingRow> query, IFindingsByRunIdDataLoader findings, CancellationToken ct) =>
        (await findings.With(paging, query).LoadAsync(run.Id, ct)).OrEmpty();
}

[ObjectType<SyncCountRow>, Authorize(Policy = RosterPermissions.ReadRuns)]
internal static partial class SyncCountNode;

[ObjectType<SyncFindingRow>, Authorize(Policy = RosterPermissions.ReadRuns)]
internal static partial class SyncFindingNode;

internal static class SyncRunLoaders
{
    [DataLoader]
    public static Task<Dictionary<Guid, SyncRunRow>> GetSyncRunByIdAsync(
        IReadOnlyList<Guid> ids, QueryContext<SyncRunRow> query, Rows db, CancellationToken ct) =>
        db.Of<SyncRunRow>().Where(x => ids.Contains(x.Id)).With(query.Include(x => x.Id))
            .ToDictionaryAsync(x => x.Id, ct);

    [DataLoader]
    public static async Task<Dictionary<Guid, SyncCountRow[]>> GetCountsByRunIdAsync(
        IReadOnlyList<Guid> ids, Rows db, CancellationToken ct)
    {
        var counts = await db.Of<SyncCountRow>().Where(x => ids.Contains(x.RunId)).ToListAsync(ct);
        return counts.GroupBy(count => count.RunId).ToDictionary(
            group => group.Key,
            group => group.OrderBy(count => count.Collection, StringComparer.Ordinal).ToArray());
    }

    [DataLoader]
    public static Task<Dictionary<Guid, Page<SyncFindingRow>>> GetFindingsByRunIdAsync(
        IReadOnlyList<Guid> ids, PagingArguments paging, QueryContext<SyncFindingRow> query, Rows db,
        CancellationToken ct) =>
        db.Of<SyncFindingRow>().Where(x => ids.Contains(x.RunId))
            .With(query, sort => sort.IfEmpty(o => o.AddAscending(x => x.Number)))
            .ToBatchPageAsync(x => x.RunId, paging, ct);
}
