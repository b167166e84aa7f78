using K12Hub.GraphQL;
using K12Hub.GraphQL.Data;

namespace K12Hub.Roster;

[ObjectType<Household>, Authorize(Policy = RosterPermissions.Read)]
internal static partial class HouseholdNode
{
    /// <summary>The grown-ups.</summary>
    [BindMember(nameof(Household.GuardianIds)), ListSize(AssumedSize = 2)]
    public static async Task<IReadOnlyList<PersonRow>> GetGuardiansAsync(
        [Parent(nameof(Household.GuardianIds))] Household household,
        QueryContext<PersonRow> query, IPersonByIdDataLoader people, CancellationToken ct)
    {
        var loader = people.With(query);
        var found = await Task.WhenAll(household.GuardianIds.Select(id => loader.LoadAsync(id, ct)));
        return [.. found.OfType<PersonRow>()];
    }

    /// <summary>The children.</summary>
    [BindMember(nameof(Household.StudentIds)), ListSize(AssumedSize = 3)]
    public static async Task<IReadOnlyList<StudentRow>> GetStudentsAsync(
        [Parent(nameof(Household.StudentIds))] Household household,
        QueryContext<StudentRow> query, IStudentByIdDataLoader students, CancellationToken ct)
    {
        var loader = students.With(query);
        var found = await Task.WhenAll(household.StudentIds.Select(id => loader.LoadAsync(id, ct)));
        return [.. found.OfType<StudentRow>()];
    }
}
