using K12Hub.GraphQL;
using K12Hub.Hosting;
using Microsoft.EntityFrameworkCore;

namespace K12Hub.Roster;

[ObjectType<SupplementRow>, Authorize(Policy = RosterPermissions.Read)]
internal static partial class SupplementNode
{
    /// <summary>The language spoken at home, as a BCP 47 tag: es, zh-Hant.</summary>
    [BindMember(nameof(SupplementRow.HomeLanguage))]
    public static async Task<string?> GetHomeLanguageAsync(
        [Parent(nameof(SupplementRow.PersonId), nameof(SupplementRow.HomeLanguage))] SupplementRow supplement,
        IOverridesByPersonIdDataLoader overrides, CancellationToken ct) =>
        await overrides.OfAsync(supplement.PersonId, OverridableField.HomeLanguage, ct) is { } said
            ? said.Value
            : supplement.HomeLanguage;

    /// <summary>The language to write and call in, as a BCP 47 tag.</summary>
    [BindMember(nameof(SupplementRow.ContactLanguage))]
    public static async Task<string?> GetContactLanguageAsync(
        [Parent(nameof(SupplementRow.PersonId), nameof(SupplementRow.ContactLanguage))] SupplementRow supplement,
        IOverridesByPersonIdDataLoader overrides, CancellationToken ct) =>
        await overrides.OfAsync(supplement.PersonId, OverridableField.ContactLanguage, ct) is { } said
            ? said.Value
            : supplement.ContactLanguage;

    /// <summary>What pays for the student, in the district's own words or codes; needs the permission of
    /// demographics.</summary>
    [Authorize(Policy = RosterPermissions.ReadDemographics)]
    public static string? FundingCategory(
        [Parent(nameof(SupplementRow.FundingCategory))] SupplementRow supplement) => supplement.FundingCategory;
}

/// <summary>What is settled of custody between a student and a guardian.</summary>
/// <param name="Settled">What a court or the family has settled, in the district's own words.</param>
/// <param name="MayPickUp">Whether the guardian may pick the student up; null when nothing is said.</param>
/// <param name="MayReceiveRecords">Whether the guardian may see the student's records; null when nothing is
/// said.</param>
internal sealed record Custody(string? Settled, bool? MayPickUp, bool? MayReceiveRecords);

[ObjectType<Custody>, Authorize(Policy = RosterPermissions.ReadCustody)]
internal static partial class CustodyNode;

internal static class SupplementLoaders
{
    [DataLoader]
    public static Task<Dictionary<Guid, SupplementRow>> GetSupplementByPersonIdAsync(
        IReadOnlyList<Guid> ids, Rows db, CancellationToken ct) =>
        db.Of<SupplementRow>().InForce().Where(x => ids.Contains(x.PersonId)).ToDictionaryAsync(x => x.PersonId, ct);

    [DataLoader]
    public static async Task<ILookup<Guid, GuardianshipRow>> GetGuardianshipsByStudentIdAsync(
        IReadOnlyList<Guid> ids, Rows db, CancellationToken ct)
    {
        var pairs = await db.Of<GuardianshipRow>().InForce().Where(x => ids.Contains(x.StudentId)).ToListAsync(ct);
        return pairs.ToLookup(pair => pair.StudentId);
    }

    private static bool IsOfLanguage(OverrideRow said) =>
        said.Field == OverriddenColumns.NameOf(OverridableField.HomeLanguage)
        || said.Field == OverriddenColumns.NameOf(OverridableField.ContactLanguage);

    /// <summary>What is known of a person; null when nothing is, and the district says nothing of languages
    /// either.</summary>
    public static async Task<SupplementRow?> OfAsync(
        this ISupplementByPersonIdDataLoader supplements, Guid person, IOverridesByPersonIdDataLoader overrides,
        CancellationToken ct)
    {
        // Started together, so that they are one message.
        var (known, said) = (supplements.LoadAsync(person, ct), overrides.LoadAsync(person, ct));
        var isSaid = (await said ?? []).Any(IsOfLanguage);
        return await known ?? (isSaid ? new SupplementRow { PersonId = person } : null);
    }

    /// <summary>What is known of a student and a guardian; null when nothing is.</summary>
    public static async Task<GuardianshipRow?> OfPairAsync(
        this IGuardianshipsByStudentIdDataLoader pairs, RelationRow relation, CancellationToken ct) =>
        (await pairs.LoadAsync(relation.StudentId, ct) ?? [])
            .FirstOrDefault(pair => pair.GuardianId == relation.GuardianId);
}
