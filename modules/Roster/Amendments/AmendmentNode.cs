using K12Hub.GraphQL;
using K12Hub.GraphQL.Data;
using K12Hub.Hosting;
using Microsoft.EntityFrameworkCore;

namespace K12Hub.Roster;

[QueryType]
internal static partial class AmendmentQueries
{
    /// <summary>Requests to amend records of students, what is due first coming first; by state with
    /// <c>where</c>.</summary>
    [UseConnection, UseFiltering, UseSorting, Authorize(Policy = RosterPermissions.ReadAmendments)]
    public static Task<Page<AmendmentRow>> GetAmendmentsAsync(
        PagingArguments paging, QueryContext<AmendmentRow> query, Rows db, CancellationToken ct) =>
        db.Of<AmendmentRow>()
            .With(query, sort => sort.IfEmpty(o => o.AddAscending(x => x.DueOn)))
            .ToPageAsync(paging, ct);
}

[ObjectType<AmendmentRow>, Authorize(Policy = RosterPermissions.ReadAmendments)]
internal static partial class AmendmentNode
{
    [NodeResolver]
    public static Task<AmendmentRow?> GetAmendmentAsync(
        Guid id, IAmendmentByIdDataLoader byId, CancellationToken ct) => byId.LoadAsync(id, ct);

    /// <summary>Whose record it is.</summary>
    [BindMember(nameof(AmendmentRow.StudentId))]
    public static Task<StudentRow?> GetStudentAsync(
        [Parent(nameof(AmendmentRow.StudentId))] AmendmentRow amendment,
        QueryContext<StudentRow> query, IStudentByIdDataLoader students, CancellationToken ct) =>
        students.With(query).LoadAsync(amendment.StudentId, ct);

    /// <summary>What the family is to be told of its rights, where the request was declined; else null.</summary>
    public static string? Rights([Parent(nameof(AmendmentRow.State))] AmendmentRow amendment) =>
        amendment.State == Amendment.IsDeclined ? AmendmentRefusals.Rights : null;
}

internal static class AmendmentLoaders
{
    [DataLoader]
    public static Task<Dictionary<Guid, AmendmentRow>> GetAmendmentByIdAsync(
        IReadOnlyList<Guid> ids, QueryContext<AmendmentRow> query, Rows db, CancellationToken ct) =>
        db.Of<AmendmentRow>().Where(x => ids.Contains(x.Id)).With(query.Include(x => x.Id))
            .ToDictionaryAsync(x => x.Id, ct);
}
