using K12Hub.Contracts;
using K12Hub.EventStore;
using K12Hub.Hosting;
using Npgsql;

namespace K12Hub.StaffDirectory;

/// <summary>Finds out whom one asks, with whoever it is: the chain of the school, else that of the district. However
/// many are asked for, the database is waited for three times.</summary>
internal sealed class ContactFinder(DocumentStore store, IRosterToday roster, JobsSettings jobs, TimeProvider time)
{
    private const string FindChains =
        """
        select c.id, c.positions, c.places, c.hours, c.move_on_after
          from directory.contact_chains_v1 c
          join directory.areas_v1 a on a.tenant_id = $1 and a.id = c.area_id and not a.is_retired
         where c.tenant_id = $1 and c.id = any($2) and not c.is_retired
        """;

    private const string FindHolders =
        """
        select a.position_id, a.organization_id, a.person_id, a.first_day, a.last_day, a.is_primary
          from directory.assignments_v1 a
          join directory.positions_v1 p on p.tenant_id = $1 and p.id = a.position_id and not p.is_retired
         where a.tenant_id = $1 and a.position_id = any($2) and a.organization_id = any($3)
           and a.first_day <= $5 and (a.last_day is null or a.last_day >= $4)
        """;

    // Whoever of those is away, and who would stand in, and is away as well.
    private const string FindAway =
        $"""
        with recursive holders (position_id, organization_id, person_id) as ({FindHolders}), away as (
          select b.id, b.person_id, b.first_day, b.last_day, b.deputy_id from directory.absences_v1 b
           where b.tenant_id = $1 and b.person_id in (select person_id from holders)
             and b.first_day <= $5 and b.last_day >= $4 and not b.is_cancelled
           union
          select b.id, b.person_id, b.first_day, b.last_day, b.deputy_id
            from away join directory.absences_v1 b on b.tenant_id = $1 and b.person_id = away.deputy_id
             and b.first_day <= $5 and b.last_day >= $4 and not b.is_cancelled)
        select * from away
        """;

    /// <summary>Today, by the clocks of the district.</summary>
    public DateOnly Today => jobs.TodayAt(time);

    /// <summary>Whom one asks; none where no chain holds.</summary>
    public async Task<Dictionary<ContactKey, IReadOnlyList<AreaContact>>> FindAsync(
        DistrictId district, IReadOnlyList<ContactKey> keys, CancellationToken ct)
    {
        var offices = roster.OfficesAsync(district.Value, ct);
        var schools = roster.PlacesAsync(district.Value, [.. keys.Select(key => key.School).OfType<Guid>()], ct);
        var chains = ChainsAsync(district, keys, ct);
        await Task.WhenAll(offices, schools, chains);
        var places = new Dictionary<Guid, PlaceToday>(await offices);
        foreach (var (id, place) in await schools) places[id] = place;

        var said = await chains;
        var found = keys.Select(key => (Key: key, Chain: ChainOf(key, said))).Where(one => one.Chain is not null)
            .ToList();
        var (holders, away) = await HoldersAsync(
            district, keys, [.. found.SelectMany(one => one.Chain!.Value.Steps)], [.. places.Keys], ct);
        var staff = await roster.StaffAsync(
            district.Value,
            [.. holders.Select(one => one.Person), .. away.Select(one => one.Deputy).OfType<Guid>()], ct);
        var rules = new ContactRules(holders, away, staff, places);
        return found.ToDictionary(
            one => one.Key, one => rules.Contacts(one.Key, one.Chain!.Value.SaidFor, one.Chain.Value.Steps));
    }

    private static (ContactPlace SaidFor, IReadOnlyList<ContactStep> Steps)? ChainOf(
        ContactKey key, Dictionary<Guid, IReadOnlyList<ContactStep>> chains)
    {
        if (key.School is not null
            && chains.TryGetValue(ContactChain.IdOf(key.Area, key.School, key.Audience), out var own))
            return (ContactPlace.School, own);

        return chains.TryGetValue(ContactChain.IdOf(key.Area, null, key.Audience), out var all)
            ? (ContactPlace.District, all)
            : null;
    }

    private async Task<Dictionary<Guid, IReadOnlyList<ContactStep>>> ChainsAsync(
        DistrictId district, IReadOnlyList<ContactKey> keys, CancellationToken ct)
    {
        Guid[] ids =
        [
            .. keys.SelectMany(key => new[]
            {
                ContactChain.IdOf(key.Area, key.School, key.Audience), ContactChain.IdOf(key.Area, null, key.Audience),
            }).Distinct(),
        ];
        await using var batch = DistrictBatch.For(store, district).With(FindChains, district.Value, ids);
        await using var rows = await batch.ReadAsync(ct);
        var found = new Dictionary<Guid, IReadOnlyList<ContactStep>>();
        while (await rows.ReadAsync(ct))
        {
            found[rows.GetGuid(0)] = ContactStep.Of(new()
            {
                Positions = rows.GetFieldValue<Guid[]>(1),
                Places = rows.GetFieldValue<string[]>(2),
                Hours = rows.GetFieldValue<string[]>(3),
                MoveOnAfter = rows.GetFieldValue<int[]>(4),
            });
        }

        return found;
    }

    private async Task<(IReadOnlyList<Holder> Holders, IReadOnlyList<KnownAbsence> Away)> HoldersAsync(
        DistrictId district, IReadOnlyList<ContactKey> keys, IReadOnlyList<ContactStep> steps, Guid[] places,
        CancellationToken ct)
    {
        if (steps.Count == 0) return ([], []);

        object[] values =
        [
            district.Value, steps.Select(step => step.PositionId).Distinct().ToArray(), places,
            keys.Min(key => key.On), keys.Max(key => key.On),
        ];
        await using var batch = DistrictBatch.For(store, district).With(FindHolders, values).With(FindAway, values);
        await using var rows = await batch.ReadAsync(ct);
        var (found, away) = (new List<Holder>(), new List<KnownAbsence>());
        while (await rows.ReadAsync(ct)) found.Add(Read(rows));
        await rows.NextResultAsync(ct);
        while (await rows.ReadAsync(ct)) away.Add(KnownAbsence.Read(rows));
        return (found, away);
    }

    private static Holder Read(NpgsqlDataReader row) => new(
        row.GetGuid(0), row.GetGuid(1), row.GetGuid(2), row.GetFieldValue<DateOnly>(3),
        row.IsDBNull(4) ? null : row.GetFieldValue<DateOnly>(4), row.GetBoolean(5));
}
