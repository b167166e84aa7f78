using K12Hub.GraphQL;
using K12Hub.GraphQL.Conventions;
using K12Hub.GraphQL.Data;
using K12Hub.Hosting;
using Microsoft.EntityFrameworkCore;

namespace K12Hub.StaffDirectory;

[QueryType]
internal static partial class AssignmentQueries
{
    /// <summary>Who has which position where, the earliest first; ended ones too, unless a day is asked for. By
    /// person, position or organization with <c>where</c>.</summary>
    [UseConnection, UseFiltering, UseSorting, Authorize(Policy = DirectoryPermissions.ReadAssignments)]
    public static Task<Page<AssignmentRow>> GetAssignmentsAsync(
        [GraphQLDescription("Those in force on this day.")] DateOnly? asOf,
        [ID("School"), GraphQLDescription("Those at this school.")] Guid? schoolId,
        PagingArguments paging, QueryContext<AssignmentRow> query, Rows db, CancellationToken ct)
    {
        var rows = db.Of<AssignmentRow>();
        if (schoolId is { } school) rows = rows.Where(x => x.OrganizationId == school);
        if (asOf is { } day) rows = rows.Where(x => x.FirstDay <= day && (x.LastDay == null || x.LastDay >= day));
        return rows.With(query, sort => sort.IfEmpty(o => o.AddAscending(x => x.FirstDay))).ToPageAsync(paging, ct);
    }
}

[MutationType]
internal static partial class AssignmentMutations
{
    /// <summary>Gives somebody a position at a school, a department or the district itself. Nobody has the same
    /// position twice at the same place and time; several shares may add up to more than 1.</summary>
    [Authorize(Policy = DirectoryPermissions.Assign)]
    public static async Task<MutationResult<AssignmentRow>> AssignPositionAsync(
        [ID("StaffMember"), GraphQLDescription("Who.")] Guid personId,
        [GraphQLDescription("The position's key: bus-dispatcher.")] string position,
        [ID("Organization"), GraphQLDescription("Where.")] Guid organizationId,
        [GraphQLDescription("The first day.")] DateOnly firstDay,
        [GraphQLDescription("The last day; null for open.")] DateOnly? lastDay,
        [GraphQLDescription("How much of a whole job, above 0 to 1; 1 where nothing is said.")] decimal? share,
        [GraphQLDescription("Whether it is what the person mainly is; true where nothing is said.")] bool? isPrimary,
        AssignmentDesk desk, ViewerScope viewer, IAssignmentByIdDataLoader byId, CancellationToken ct)
    {
        if (!May(viewer, organizationId)) return Error(AssignmentRefusals.NoOrganization.At("organizationId"));

        var (id, refusal) = await desk.AssignAsync(
            viewer.District,
            new(personId, position, organizationId, firstDay, lastDay, share ?? 1, isPrimary ?? true),
            viewer.Viewer.Id, ct);
        return refusal is null ? await byId.LoadAsync(id, ct) : Error(refusal);
    }

    /// <summary>Ends an assignment, or says that it ends on another day than was said. It stays in the
    /// history.</summary>
    [Authorize(Policy = DirectoryPermissions.Assign)]
    public static async Task<MutationResult<AssignmentRow>> EndAssignmentAsync(
        [ID<AssignmentRow>, GraphQLDescription("The assignment.")] Guid id,
        [GraphQLDescription("The last day.")] DateOnly lastDay,
        AssignmentDesk desk, ViewerScope viewer, IAssignmentByIdDataLoader byId, CancellationToken ct)
    {
        var refusal = await desk.EndAsync(
            viewer.District, id, lastDay, organization => May(viewer, organization), viewer.Viewer.Id, ct);
        return refusal is null ? await byId.LoadAsync(id, ct) : Error(refusal);
    }

    private static bool May(ViewerScope viewer, Guid organization) =>
        Policy.May(viewer.Viewer, DirectoryPermissions.Assign, new() { Schools = [organization] });

    private static MutationError Error(Refusal refusal) => new(refusal.Code, refusal.Message) { Path = refusal.Path };
}

[ObjectType<AssignmentRow>, Authorize(Policy = DirectoryPermissions.ReadAssignments)]
internal static partial class AssignmentNode
{
    [NodeResolver]
    public static Task<AssignmentRow?> GetAssignmentAsync(
        Guid id, IAssignmentByIdDataLoader byId, CancellationToken ct) => byId.LoadAsync(id, ct);

    /// <summary>What the person is there.</summary>
    [BindMember(nameof(AssignmentRow.PositionId))]
    public static Task<PositionRow?> GetPositionAsync(
        [Parent(nameof(AssignmentRow.PositionId))] AssignmentRow assignment, QueryContext<PositionRow> query,
        IPositionByIdDataLoader positions, CancellationToken ct) =>
        positions.With(query).LoadAsync(assignment.PositionId, ct);
}

internal static class AssignmentLoaders
{
    [DataLoader]
    public static Task<Dictionary<Guid, AssignmentRow>> GetAssignmentByIdAsync(
        IReadOnlyList<Guid> ids, QueryContext<AssignmentRow> query, Rows db, CancellationToken ct) =>
        db.Of<AssignmentRow>().Where(x => ids.Contains(x.Id)).With(query.Include(x => x.Id))
            .ToDictionaryAsync(x => x.Id, ct);
}
