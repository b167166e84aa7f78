using K12Hub.GraphQL;
using K12Hub.Hosting;
using Microsoft.EntityFrameworkCore;

namespace K12Hub.Roster;

[ObjectType<Identity>, Authorize(Policy = RosterPermissions.Read)]
internal static partial class IdentityNode
{
    /// <summary>What each source says, those in force first, in the order of their say.</summary>
    [ListSize(AssumedSize = 2)]
    public static IReadOnlyList<PersonRow> Records([Parent(nameof(Identity.Records))] Identity identity) =>
        identity.Records;

    /// <summary>Where each value that is not null comes from.</summary>
    [BindMember(nameof(Identity.Origins)), ListSize(AssumedSize = 5)]
    public static IReadOnlyList<Origin> Origins([Parent(nameof(Identity.Origins))] Identity identity) =>
        identity.Origins;
}

[ObjectType<Origin>, Authorize(Policy = RosterPermissions.Read)]
internal static partial class OriginNode;

internal static class IdentityLoaders
{
    [DataLoader]
    public static async Task<Dictionary<Guid, Identity>> GetIdentityByRecordIdAsync(
        IReadOnlyList<Guid> ids, Rows db, RosterSettings settings, CancellationToken ct)
    {
        var own = await db.Of<PersonLinkRow>().Where(x => ids.Contains(x.RecordId))
            .ToDictionaryAsync(x => x.RecordId, x => x.PersonId, ct);
        var people = own.Values.Distinct().ToList();
        var linked = await db.Of<PersonLinkRow>().Where(x => people.Contains(x.PersonId)).ToListAsync(ct);
        var wanted = linked.Select(x => x.RecordId).Concat(ids).Distinct().ToList();
        var records = await db.Of<PersonRow>().Where(x => wanted.Contains(x.Id)).ToDictionaryAsync(x => x.Id, ct);
        var groups = linked.ToLookup(x => x.PersonId, x => x.RecordId);
        return ids.Where(records.ContainsKey).ToDictionary(
            id => id,
            id => Identity.Of(
                own.TryGetValue(id, out var person)
                    ? [.. groups[person].Where(records.ContainsKey).Select(record => records[record])]
                    : [records[id]],
                settings));
    }
}
