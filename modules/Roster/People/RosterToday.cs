using K12Hub.Contracts;
using K12Hub.EventStore;
using Npgsql;

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
         where tenant_id = $1 and id = any($2) and is_staff and not is_student and ended_at is null
           and not exists (select from es.subject_keys k
                            where k.tenant_id = $1 and k.subject_id = p.id and k.erased_at is not null)
        """;

    private const string Places =
        """
        select id, name, type from roster.organizations_v1
         where tenant_id = $1 and id = any($2) and ended_at is null
        """;

    private const string Offices =
        """
        select id, name, type from roster.organizations_v1
         where tenant_id = $1 and type <> 'school' and ended_at is null
        """;

    private const string StaffCalled =
        """
        select sourced_id, (array_agg(id))[1] from roster.people_v1
         where tenant_id = $1 and sourced_id = any($2) and is_staff and not is_student and ended_at is null
         group by sourced_id having count(*) = 1
        """;

    private const string PlacesCalled =
        """
        select sourced_id, (array_agg(id))[1] from roster.organizations_v1
         where tenant_id = $1 and sourced_id = any($2) and ended_at is null
         group by sourced_id having count(*) = 1
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

    public Task<IReadOnlyDictionary<Guid, PlaceToday>> PlacesAsync(
        short district, IReadOnlyCollection<Guid> ids, CancellationToken ct) =>
        PlacesAsync(DistrictBatch.For(store, new(district)).With(Places, district, ids.Distinct().ToArray()), ct);

    public Task<IReadOnlyDictionary<Guid, PlaceToday>> OfficesAsync(short district, CancellationToken ct) =>
        PlacesAsync(DistrictBatch.For(store, new(district)).With(Offices, district), ct);

    public Task<IReadOnlyDictionary<string, Guid>> StaffCalledAsync(
        short district, IReadOnlyCollection<string> sourcedIds, CancellationToken ct) =>
        CalledAsync(StaffCalled, district, sourcedIds, ct);

    public Task<IReadOnlyDictionary<string, Guid>> PlacesCalledAsync(
        short district, IReadOnlyCollection<string> sourcedIds, CancellationToken ct) =>
        CalledAsync(PlacesCalled, district, sourcedIds, ct);

    private static async Task<IReadOnlyDictionary<Guid, PlaceToday>> PlacesAsync(
        NpgsqlBatch asked, CancellationToken ct)
    {
        await using var batch = asked;
        await using var rows = await batch.ReadAsync(ct);
        var found = new Dictionary<Guid, PlaceToday>();
        while (await rows.ReadAsync(ct))
        {
            var id = rows.GetGuid(0);
            found[id] = new(id, rows.GetString(1), rows.GetString(2));
        }

        return found;
    }

    private async Task<IReadOnlyDictionary<string, Guid>> CalledAsync(
        string sql, short district, IReadOnlyCollection<string> sourcedIds, CancellationToken ct)
    {
        await using var batch = DistrictBatch.For(store, new(district))
            .With(sql, district, sourcedIds.Distinct().ToArray());
        await using var rows = await batch.ReadAsync(ct);
        var found = new Dictionary<string, Guid>(StringComparer.Ordinal);
        while (await rows.ReadAsync(ct)) found[rows.GetString(0)] = rows.GetGuid(1);
        return found;
    }
}
