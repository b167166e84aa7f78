using K12Hub.Contracts;
using K12Hub.EventStore;

namespace K12Hub.Roster;

/// <summary>Who works in a district and which places it has. Who is missing is there until the days of grace are
/// over.</summary>
internal sealed class RosterToday(DocumentStore store) : IRosterToday
{
    private const string Staff =
        """
        select id, coalesce(preferred_given_name, given_name) || ' ' || coalesce(preferred_family_name, family_name),
               school_id
          from roster.people_v1 p
         where tenant_id = $1 and id = any($2) and is_staff and ended_at is null
           and not exists (select from es.subject_keys k
                            where k.tenant_id = $1 and k.subject_id = p.id and k.erased_at is not null)
        """;

    private const string Places =
        """
        select id, name, type from roster.organizations_v1
         where tenant_id = $1 and id = any($2) and ended_at is null
        """;

    public async Task<IReadOnlyDictionary<Guid, StaffToday>> StaffAsync(
        short district, IReadOnlyCollection<Guid> ids, CancellationToken ct)
    {
        await using var batch = DistrictBatch.For(store, new(district)).With(Staff, district, ids.Distinct().ToArray());
        await using var rows = await batch.ReadAsync(ct);
        var found = new Dictionary<Guid, StaffToday>();
        while (await rows.ReadAsync(ct))
        {
            var id = rows.GetGuid(0);
            found[id] = new(id, rows.GetString(1), rows.IsDBNull(2) ? null : rows.GetGuid(2));
        }

        return found;
    }

    public async Task<IReadOnlyDictionary<Guid, PlaceToday>> PlacesAsync(
        short district, IReadOnlyCollection<Guid> ids, CancellationToken ct)
    {
        await using var batch = DistrictBatch.For(store, new(district))
            .With(Places, district, ids.Distinct().ToArray());
        await using var rows = await batch.ReadAsync(ct);
        var found = new Dictionary<Guid, PlaceToday>();
        while (await rows.ReadAsync(ct))
        {
            var id = rows.GetGuid(0);
            found[id] = new(id, rows.GetString(1), rows.GetString(2));
        }

        return found;
    }
}
