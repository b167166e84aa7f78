using K12Hub.GraphQL;

namespace K12Hub.Roster;

[ObjectType<GuardianRow>, Authorize(Policy = RosterPermissions.Read)]
internal static partial class GuardianNode
{
    [NodeResolver]
    public static Task<GuardianRow?> GetGuardianAsync(Guid id, IGuardianByIdDataLoader byId, CancellationToken ct) =>
        byId.LoadAsync(id, ct);

    /// <summary>The children, by name.</summary>
    public static async Task<IReadOnlyList<StudentRow>> GetStudentsAsync(
        [Parent(nameof(GuardianRow.Id))] GuardianRow guardian, IStudentsByGuardianIdDataLoader students,
        CancellationToken ct) => await students.LoadAsync(guardian.Id, ct) ?? [];
}
