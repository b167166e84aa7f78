using K12Hub.Contracts;

namespace K12Hub.StaffDirectory;

/// <summary>Somebody in a position somewhere, from one day to another.</summary>
internal sealed record Holder(
    Guid Position, Guid Organization, Guid Person, DateOnly FirstDay, DateOnly? LastDay, bool IsPrimary);

/// <summary>Who is behind a step on a day: pure. Only whom the roster has today, whatever assignments say.</summary>
/// <param name="holders">Who has which of the positions.</param>
/// <param name="away">When those are away, and who would stand in.</param>
/// <param name="staff">Those of them who work in the district today.</param>
/// <param name="places">The organizations that the district has today.</param>
internal sealed class ContactRules(
    IReadOnlyList<Holder> holders, IReadOnlyList<KnownAbsence> away, IReadOnlyDictionary<Guid, StaffToday> staff,
    IReadOnlyDictionary<Guid, PlaceToday> places)
{
    private const string School = "school";

    private readonly ILookup<Guid, Holder> ofPosition = holders.ToLookup(holder => holder.Position);
    private readonly ILookup<Guid, KnownAbsence> awayOf = away.ToLookup(one => one.Person);

    /// <summary>The steps of a chain with whoever it is. Without a school, those at schools are left out.</summary>
    public IReadOnlyList<AreaContact> Contacts(
        ContactKey asked, ContactPlace saidFor, IReadOnlyList<ContactStep> steps) =>
    [
        .. steps.Where(step => asked.School is not null || step.Place is ContactPlace.District)
            .Select((step, i) => Contact(i + 1, step, asked, saidFor)),
    ];

    // Of several the one who mainly is that, then who has been it longest; who is there before who stands in.
    private AreaContact Contact(int number, ContactStep step, ContactKey asked, ContactPlace saidFor)
    {
        var (holder, person) = ofPosition[step.PositionId]
            .Where(one => IsThere(one, step.Place, asked.School))
            .Where(one => one.FirstDay <= asked.On && (one.LastDay is not { } last || last >= asked.On))
            .Where(one => staff.ContainsKey(one.Person))
            .Select(one => (Holder: one, Person: PresentFor(one.Person, asked.On)))
            .Where(one => one.Person is not null)
            .OrderByDescending(one => one.Person == one.Holder.Person).ThenByDescending(one => one.Holder.IsPrimary)
            .ThenBy(one => one.Holder.FirstDay).ThenBy(one => one.Holder.Person)
            .FirstOrDefault();
        var place = holder?.Organization ?? (step.Place is ContactPlace.School ? asked.School : null);
        return new(
            number, step.PositionId, step.Place, saidFor, step.Hours, step.MoveOnAfterBusinessDays,
            place is { } id ? places.GetValueOrDefault(id)?.Name : null,
            person is { } one ? staff[one].Name : null, person is not null && person != holder?.Person);
    }

    /// <summary>Somebody, or who stands in on that day; null where nobody does.</summary>
    private Guid? PresentFor(Guid person, DateOnly day)
    {
        if (!awayOf[person].Any(absence => absence.IsOn(day))) return person;
        return AbsenceRules.StandIn(person, day, awayOf) is { } one && staff.ContainsKey(one) ? one : null;
    }

    private bool IsThere(Holder one, ContactPlace place, Guid? school) =>
        places.TryGetValue(one.Organization, out var there)
        && (place is ContactPlace.School ? one.Organization == school : there.Type != School);
}
