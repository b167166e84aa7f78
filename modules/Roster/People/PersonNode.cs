using K12Hub.GraphQL;

namespace K12Hub.Roster;

[ObjectType<PersonRow>, Authorize(Policy = RosterPermissions.Read)]
internal static partial class PersonNode
{
    [NodeResolver]
    public static Task<PersonRow?> GetPersonAsync(Guid id, IPersonByIdDataLoader byId, CancellationToken ct) =>
        byId.LoadAsync(id, ct);

    /// <summary>Since when the source no longer sends the person; null while it does. Who is missing is in force until
    /// the days of grace are over.</summary>
    public static Task<DateTimeOffset?> GetMissingSinceAsync(
        [Parent(nameof(PersonRow.Id))] PersonRow person, IMissingByPersonIdDataLoader missing, CancellationToken ct) =>
        missing.SinceAsync(person.Id, ct);

    /// <summary>What the district knows of the person that rosters have no place for; null when nothing is.</summary>
    public static Task<SupplementRow?> GetSupplementAsync(
        [Parent(nameof(PersonRow.Id))] PersonRow person, ISupplementByPersonIdDataLoader supplements,
        IOverridesByPersonIdDataLoader overrides, CancellationToken ct) =>
        supplements.OfAsync(person.Id, overrides, ct);

    /// <summary>Fields of which the district says otherwise than the source; their values above are the
    /// district's.</summary>
    [ListSize(AssumedSize = 1)]
    public static async Task<IReadOnlyList<OverrideRow>> GetOverridesAsync(
        [Parent(nameof(PersonRow.Id))] PersonRow person, IOverridesByPersonIdDataLoader overrides,
        CancellationToken ct) => await overrides.LoadAsync(person.Id, ct) ?? [];

    /// <summary>The person in all sources: each value from the one that has the say about it.</summary>
    public static async Task<Identity> GetIdentityAsync(
        [Parent(nameof(PersonRow.Id))] PersonRow person, IIdentityByRecordIdDataLoader identities,
        CancellationToken ct) =>
        (await identities.LoadAsync(person.Id, ct))!; // There is one for every record.

    /// <summary>What the person is, and where.</summary>
    [ListSize(AssumedSize = 2)]
    public static async Task<IReadOnlyList<RoleAssignmentRow>> GetRolesAsync(
        [Parent(nameof(PersonRow.Id))] PersonRow person, IRolesByPersonIdDataLoader roles, CancellationToken ct) =>
        await roles.LoadAsync(person.Id, ct) ?? [];
}
