using K12Hub.GraphQL;
using K12Hub.GraphQL.Data;

namespace K12Hub.Roster;

[ObjectType<RelationRow>, Authorize(Policy = RosterPermissions.Read)]
internal static partial class RelationNode
{
    /// <summary>The student.</summary>
    [BindMember(nameof(RelationRow.StudentId))]
    public static Task<StudentRow?> GetStudentAsync(
        [Parent(nameof(RelationRow.StudentId))] RelationRow relation,
        QueryContext<StudentRow> query, IStudentByIdDataLoader students, CancellationToken ct) =>
        students.With(query).LoadAsync(relation.StudentId, ct);

    /// <summary>The guardian, also when the source gives the person no role of that kind.</summary>
    [BindMember(nameof(RelationRow.GuardianId))]
    public static Task<PersonRow?> GetGuardianAsync(
        [Parent(nameof(RelationRow.GuardianId))] RelationRow relation,
        QueryContext<PersonRow> query, IPersonByIdDataLoader people, CancellationToken ct) =>
        people.With(query).LoadAsync(relation.GuardianId, ct);
}
