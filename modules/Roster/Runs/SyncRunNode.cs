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

    /// <summary>What it did, or would do, kind by kind and school by school; of each kind the school that loses most
    /// first.</summary>
    [UseConnection(DefaultPageSize = 50)]
    public static async Task<Page<SyncChangeRow>> GetProposedChangesAsync(
        [Parent(nameof(SyncRunRow.Id))] SyncRunRow run, PagingArguments paging,
        QueryContext<SyncChangeRow> query, IChangesByRunIdDataLoader changes, CancellationToken ct) =>
        (await changes.With(paging, query).LoadAsync(run.Id, ct)).OrEmpty();

    /// <summary>What became of it after it had ended, the latest last: applied, declined, superseded, rolled
    /// back.</summary>
    public static async Task<IReadOnlyList<SyncDecisionRow>> GetDecisionsAsync(
        [Parent(nameof(SyncRunRow.Id))] SyncRunRow run, IDecisionsByRunIdDataLoader decisions, CancellationToken ct) =>
        await decisions.LoadAsync(run.Id, ct) ?? [];

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

[ObjectType<SyncChangeRow>, Authorize(Policy = RosterPermissions.ReadRuns)]
internal static partial class SyncChangeNode
{
    /// <summary>Share of the records in force that end, in per cent; 0 where there were none.</summary>
    public static double EndedPercent(
        [Parent(nameof(SyncChangeRow.Ended), nameof(SyncChangeRow.InForce))] SyncChangeRow change) =>
        ProposedChange.PercentOf(change.Ended, change.InForce);

    /// <summary>The school, once it is known; null for what belongs to none.</summary>
    [BindMember(nameof(SyncChangeRow.SchoolId))]
    public static async Task<SchoolRow?> GetSchoolAsync(
        [Parent(nameof(SyncChangeRow.SchoolId))] SyncChangeRow change,
        QueryContext<SchoolRow> query, ISchoolByIdDataLoader schools, CancellationToken ct) =>
        change.SchoolId is { } id ? await schools.With(query).LoadAsync(id, ct) : null;
}

[ObjectType<SyncDecisionRow>, Authorize(Policy = RosterPermissions.ReadRuns)]
internal static partial class SyncDecisionNode;

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
    public static async Task<Dictionary<Guid, SyncDecisionRow[]>> GetDecisionsByRunIdAsync(
        IReadOnlyList<Guid> ids, Rows db, CancellationToken ct)
    {
        var decisions = await db.Of<SyncDecisionRow>().Where(x => ids.Contains(x.RunId)).ToListAsync(ct);
        return decisions.GroupBy(decision => decision.RunId).ToDictionary(
            group => group.Key, group => group.OrderBy(decision => decision.DecidedAt).ToArray());
    }

    [DataLoader]
    public static Task<Dictionary<Guid, Page<SyncChangeRow>>> GetChangesByRunIdAsync(
        IReadOnlyList<Guid> ids, PagingArguments paging, QueryContext<SyncChangeRow> query, Rows db,
        CancellationToken ct) =>
        db.Of<SyncChangeRow>().Where(x => ids.Contains(x.RunId))
            .With(query, sort => sort.IfEmpty(o => o.AddAscending(x => x.Number)))
            .ToBatchPageAsync(x => x.RunId, paging, ct);

    [DataLoader]
    public static Task<Dictionary<Guid, Page<SyncFindingRow>>> GetFindingsByRunIdAsync(
        IReadOnlyList<Guid> ids, PagingArguments paging, QueryContext<SyncFindingRow> query, Rows db,
        CancellationToken ct) =>
        db.Of<SyncFindingRow>().Where(x => ids.Contains(x.RunId))
            .With(query, sort => sort.IfEmpty(o => o.AddAscending(x => x.Number)))
            .ToBatchPageAsync(x => x.RunId, paging, ct);
}
