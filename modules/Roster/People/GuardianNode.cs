using K12Hub.GraphQL;
using K12Hub.GraphQL.Data;

namespace K12Hub.Roster;

[ObjectType<GuardianRow>, Authorize(Policy = RosterPermissions.Read)]
internal static partial class GuardianNode
{
    [NodeResolver]
    public static Task<GuardianRow?> GetGuardianAsync(Guid id, IGuardianByIdDataLoader byId, CancellationToken ct) =>
        byId.LoadAsync(id, ct);

    /// <summary>E-mail address.</summary>
    /// <remarks>Filters by it are refused by the rows themselves, see <c>RosterAccess</c>.</remarks>
    [BindMember(nameof(GuardianRow.Email)), Authorize(Policy = RosterPermissions.ReadContact)]
    public static string? Email([Parent(nameof(GuardianRow.Email))] GuardianRow guardian) => guardian.Email;

    /// <summary>Since when the source no longer sends the person; null while it does. Who is missing is in force until
    /// the days of grace are over.</summary>
    public static Task<DateTimeOffset?> GetMissingSinceAsync(
        [Parent(nameof(GuardianRow.Id))] GuardianRow guardian, IMissingByPersonIdDataLoader missing,
        CancellationToken ct) =>
        missing.SinceAsync(guardian.Id, ct);

    /// <summary>What the district knows of the person that rosters have no place for; null when nothing is.</summary>
    public static Task<SupplementRow?> GetSupplementAsync(
        [Parent(nameof(GuardianRow.Id))] GuardianRow person, ISupplementByPersonIdDataLoader supplements,
        IOverridesByPersonIdDataLoader overrides, CancellationToken ct) =>
        supplements.OfAsync(person.Id, overrides, ct);

    /// <summary>Fields of which the district says otherwise than the source; their values above are the
    /// district's.</summary>
    [ListSize(AssumedSize = 1)]
    public static async Task<IReadOnlyList<OverrideRow>> GetOverridesAsync(
        [Parent(nameof(GuardianRow.Id))] GuardianRow person, IOverridesByPersonIdDataLoader overrides,
        CancellationToken ct) => await overrides.LoadAsync(person.Id, ct) ?? [];

    /// <summary>The person in all sources: each value from the one that has the say about it.</summary>
    public static async Task<Identity> GetIdentityAsync(
        [Parent(nameof(GuardianRow.Id))] GuardianRow person, IIdentityByRecordIdDataLoader identities,
        CancellationToken ct) =>
        (await identities.LoadAsync(person.Id, ct))!; // There is one for every record.

    /// <summary>How the guardian belongs to each child, also where only a supplementary file says so, and whether to be
    /// contacted about it.</summary>
    [ListSize(AssumedSize = 3)]
    public static async Task<IReadOnlyList<RelationRow>> GetRelationsAsync(
        [Parent(nameof(GuardianRow.Id))] GuardianRow guardian, ITiesByGuardianIdDataLoader ties,
        IStudentByIdDataLoader students, CancellationToken ct)
    {
        var around = await ties.LoadAsync(guardian.Id, ct) ?? [];
        var who = await Task.WhenAll(around.Select(tie => students.LoadAsync(tie.StudentId, ct)));
        return
        [
            .. around.Zip(who).OrderBy(one => one.Second?.FamilyName, StringComparer.Ordinal)
                .ThenBy(one => one.Second?.GivenName, StringComparer.Ordinal).Select(one => one.First.Row),
        ];
    }

    /// <summary>The children, by name.</summary>
    [ListSize(AssumedSize = 3)]
    public static Task<StudentRow[]> GetStudentsAsync(
        [Parent(nameof(GuardianRow.Id))] GuardianRow guardian, QueryContext<StudentRow> query,
        IStudentsByGuardianIdDataLoader students, CancellationToken ct) =>
        students.With(query).LoadAsync(guardian.Id, ct)!; // A lookup has a list for every key.
}
