using K12Hub.GraphQL;
using K12Hub.GraphQL.Data;

namespace K12Hub.Roster;

[ObjectType<RelationRow>, Authorize(Policy = RosterPermissions.Read)]
internal static partial class RelationNode
{
    /// <summary>mother, father, grandparent and so on, from a supplementary file; null when nothing is said.</summary>
    public static async Task<string?> GetRelatedAsAsync(
        [Parent(nameof(RelationRow.StudentId), nameof(RelationRow.GuardianId))] RelationRow relation,
        IGuardianshipsByStudentIdDataLoader pairs, CancellationToken ct) =>
        (await pairs.OfPairAsync(relation, ct))?.Relation;

    /// <summary>Whether the student lives with the guardian, be it half of the time; null when nothing is
    /// said.</summary>
    public static async Task<bool?> GetLivesWithAsync(
        [Parent(nameof(RelationRow.StudentId), nameof(RelationRow.GuardianId))] RelationRow relation,
        IGuardianshipsByStudentIdDataLoader pairs, CancellationToken ct) =>
        (await pairs.OfPairAsync(relation, ct))?.LivesWith;

    /// <summary>Whether the guardian may be contacted about the student: true unless the district says
    /// otherwise.</summary>
    public static async Task<bool> GetMayContactAsync(
        [Parent(nameof(RelationRow.StudentId), nameof(RelationRow.GuardianId))] RelationRow relation,
        IGuardianshipsByStudentIdDataLoader pairs, CancellationToken ct) =>
        (await pairs.OfPairAsync(relation, ct))?.MayContact is not false;

    /// <summary>Who is asked first, 1 before 2; null when nothing is said.</summary>
    public static async Task<int?> GetContactPriorityAsync(
        [Parent(nameof(RelationRow.StudentId), nameof(RelationRow.GuardianId))] RelationRow relation,
        IGuardianshipsByStudentIdDataLoader pairs, CancellationToken ct) =>
        (await pairs.OfPairAsync(relation, ct))?.ContactPriority is { } priority and > 0 ? priority : null;

    /// <summary>What is settled of custody; needs a permission of its own.</summary>
    [Authorize(Policy = RosterPermissions.ReadCustody)]
    public static async Task<Custody?> GetCustodyAsync(
        [Parent(nameof(RelationRow.StudentId), nameof(RelationRow.GuardianId))] RelationRow relation,
        IGuardianshipsByStudentIdDataLoader pairs, CancellationToken ct) =>
        await pairs.OfPairAsync(relation, ct) is { } pair
            ? new(pair.Custody, pair.MayPickUp, pair.MayReceiveRecords)
            : null;

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
