using K12Hub.GraphQL;
using K12Hub.GraphQL.Conventions;
using K12Hub.GraphQL.Data;
using K12Hub.Hosting;
using Microsoft.EntityFrameworkCore;

namespace K12Hub.StaffDirectory;

[QueryType]
internal static partial class AbsenceQueries
{
    /// <summary>Who is away on which days, and who stands in, the earliest first; those that were cancelled as well,
    /// unless a day is asked for. By person or deputy with <c>where</c>.</summary>
    [UseConnection, UseFiltering, UseSorting, Authorize(Policy = DirectoryPermissions.ReadAbsences)]
    public static Task<Page<AbsenceRow>> GetAbsencesAsync(
        [GraphQLDescription("Those who are away on this day.")] DateOnly? asOf,
        PagingArguments paging, QueryContext<AbsenceRow> query, Rows db, CancellationToken ct)
    {
        var rows = db.Of<AbsenceRow>();
        if (asOf is { } day) rows = rows.Where(x => x.FirstDay <= day && x.LastDay >= day && !x.IsCancelled);
        return rows.With(query, sort => sort.IfEmpty(o => o.AddAscending(x => x.FirstDay))).ToPageAsync(paging, ct);
    }
}

[MutationType]
internal static partial class AbsenceMutations
{
    /// <summary>Says that somebody is away, never why, and who stands in. Whom families and staff ask is then the one
    /// who stands in, or stands in for that one.</summary>
    [Authorize(Policy = DirectoryPermissions.EditAbsences)]
    public static async Task<MutationResult<AbsenceRow>> PlanAbsenceAsync(
        [ID("StaffMember"), GraphQLDescription("Who is away.")] Guid personId,
        [GraphQLDescription("The first day.")] DateOnly firstDay,
        [GraphQLDescription("The last day, at most 366 days after the first.")] DateOnly lastDay,
        [ID("StaffMember"), GraphQLDescription("Who stands in; null for nobody.")] Guid? deputyId,
        AbsenceDesk desk, ViewerScope viewer, IAbsenceByIdDataLoader byId, CancellationToken ct)
    {
        var (id, refusal) = await desk.PlanAsync(
            viewer.District, new(personId, firstDay, lastDay, deputyId), places => May(viewer, places),
            viewer.Viewer.Id, ct);
        return refusal is null ? await byId.LoadAsync(id, ct) : Error(refusal);
    }

    /// <summary>Says that an absence ends on another day than was said.</summary>
    [Authorize(Policy = DirectoryPermissions.EditAbsences)]
    public static async Task<MutationResult<AbsenceRow>> MoveAbsenceAsync(
        [ID<AbsenceRow>, GraphQLDescription("The absence.")] Guid id,
        [GraphQLDescription("The last day.")] DateOnly lastDay,
        AbsenceDesk desk, ViewerScope viewer, IAbsenceByIdDataLoader byId, CancellationToken ct)
    {
        var refusal = await desk.ChangeAsync(
            viewer.District, id, lastDay, places => May(viewer, places), viewer.Viewer.Id, ct);
        return refusal is null ? await byId.LoadAsync(id, ct) : Error(refusal);
    }

    /// <summary>Says that somebody is there after all.</summary>
    [Authorize(Policy = DirectoryPermissions.EditAbsences)]
    public static async Task<MutationResult<AbsenceRow>> CancelAbsenceAsync(
        [ID<AbsenceRow>, GraphQLDescription("The absence.")] Guid id,
        AbsenceDesk desk, ViewerScope viewer, IAbsenceByIdDataLoader byId, CancellationToken ct)
    {
        var refusal = await desk.ChangeAsync(
            viewer.District, id, null, places => May(viewer, places), viewer.Viewer.Id, ct);
        return refusal is null ? await byId.LoadAsync(id, ct) : Error(refusal);
    }

    private static bool May(ViewerScope viewer, IReadOnlyList<Guid> places) =>
        Policy.May(viewer.Viewer, DirectoryPermissions.EditAbsences, new() { Schools = [.. places] });

    private static MutationError Error(Refusal refusal) => new(refusal.Code, refusal.Message) { Path = refusal.Path };
}

[ObjectType<AbsenceRow>, Authorize(Policy = DirectoryPermissions.ReadAbsences)]
internal static partial class AbsenceNode
{
    [NodeResolver]
    public static Task<AbsenceRow?> GetAbsenceAsync(
        Guid id, IAbsenceByIdDataLoader byId, CancellationToken ct) => byId.LoadAsync(id, ct);
}

internal static class AbsenceLoaders
{
    [DataLoader]
    public static Task<Dictionary<Guid, AbsenceRow>> GetAbsenceByIdAsync(
        IReadOnlyList<Guid> ids, QueryContext<AbsenceRow> query, Rows db, CancellationToken ct) =>
        db.Of<AbsenceRow>().Where(x => ids.Contains(x.Id)).With(query.Include(x => x.Id))
            .ToDictionaryAsync(x => x.Id, ct);
}
