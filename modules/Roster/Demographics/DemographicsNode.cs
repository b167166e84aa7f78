using K12Hub.GraphQL;
using K12Hub.GraphQL.Data;
using K12Hub.Hosting;
using Microsoft.EntityFrameworkCore;

namespace K12Hub.Roster;

[QueryType]
internal static partial class DemographicsQueries
{
    /// <summary>Birth, sex, race and ethnicity of students; needs a permission of its own.</summary>
    [UseConnection, UseFiltering, UseSorting, Authorize(Policy = RosterPermissions.ReadDemographics)]
    public static Task<Page<DemographicsRow>> GetDemographicsAsync(
        [GraphQLDescription(RosterLists.IncludeEnded)] bool? includeEnded,
        PagingArguments paging, QueryContext<DemographicsRow> query, Rows db, CancellationToken ct) =>
        db.Of<DemographicsRow>().InForce(includeEnded)
            .With(query, sort => sort.IfEmpty(o => o.AddAscending(x => x.Id)))
            .ToPageAsync(paging, ct);
}

[ObjectType<DemographicsRow>, Authorize(Policy = RosterPermissions.ReadDemographics)]
internal static partial class DemographicsNode
{
    [NodeResolver]
    public static Task<DemographicsRow?> GetDemographicsAsync(
        Guid id, IDemographicsByIdDataLoader byId, CancellationToken ct) => byId.LoadAsync(id, ct);

    /// <summary>The student.</summary>
    [BindMember(nameof(DemographicsRow.PersonId))]
    public static Task<StudentRow?> GetStudentAsync(
        [Parent(nameof(DemographicsRow.PersonId))] DemographicsRow demographics,
        QueryContext<StudentRow> query, IStudentByIdDataLoader students, CancellationToken ct) =>
        students.With(query).LoadAsync(demographics.PersonId, ct);
}

internal static class DemographicsLoaders
{
    [DataLoader]
    public static Task<Dictionary<Guid, DemographicsRow>> GetDemographicsByIdAsync(
        IReadOnlyList<Guid> ids, QueryContext<DemographicsRow> query, Rows db, CancellationToken ct) =>
        db.Of<DemographicsRow>().Where(x => ids.Contains(x.Id)).With(query.Include(x => x.Id))
            .ToDictionaryAsync(x => x.Id, ct);

    [DataLoader]
    public static Task<Dictionary<Guid, DemographicsRow>> GetDemographicsByStudentIdAsync(
        IReadOnlyList<Guid> ids, QueryContext<DemographicsRow> query, Rows db, CancellationToken ct) =>
        db.Of<DemographicsRow>().InForce().Where(x => ids.Contains(x.PersonId)).With(query.Include(x => x.PersonId))
            .ToDictionaryAsync(x => x.PersonId, ct);
}
