using K12Hub.Contracts;

namespace K12Hub.StaffDirectory;

/// <summary>Somebody in a position somewhere, from one day to another.</summary>
internal sealed record Holder(
    Guid Position, Guid Organization, Guid Person, DateOnly FirstDay, DateOnly? LastDay, bool IsPrimary);

/// <summary>Who is behind a step on a day: pure. Only whom the roster has today, whatever assignments say.</summary>
/// <param name="holders">Who has which of the positions.</param>
/// <param name="staff">Those of them who work in the district today.</param>
/// <param name="places">The organizations that the district has today.</param>
internal sealed class ContactRules(
    IReadOnlyList<Holder> holders, IReadOnlyDictionary<Guid, StaffToday> staff,
    IReadOnlyDictionary<Guid, PlaceToday> places)
{
    private const string School = "school";

    private readonly ILookup<Guid, Holder> ofPosition = holders.ToLookup(holder => holder.Position);

    /// <summary>The steps of a chain with whoever it is. Without a school, those at schools are left out.</summary>
    public IReadOnlyList<AreaContact> Contacts(
        ContactKey asked, ContactPlace saidFor, IReadOnlyList<ContactStep> steps) =>
    [
        .. steps.Where(step => asked.School is not null || step.Place is ContactPlace.District)
            .Select((step, i) => Contact(i + 1, step, asked, saidFor)),
    ];

    // Of several the one who mainly is that, then who has been it longest.
    private AreaContact Contact(int number, ContactStep step, ContactKey asked, ContactPlace saidFor)
    {
        var who = ofPosition[step.PositionId]
            .Where(one => IsThere(one, step.Place, asked.School))
            .Where(one => one.FirstDay <= asked.On && (one.LastDay is not { } last || last >= asked.On))
            .Where(one => staff.ContainsKey(one.Person))
            .OrderByDescending(one => one.IsPrimary).ThenBy(one => one.FirstDay).ThenBy(one => one.Person)
            .FirstOrDefault();
        var place = who?.Organization ?? (step.Place is ContactPlace.School ? asked.School : null);
        return new(
            number, step.PositionId, step.Place, saidFor, step.Hours, step.MoveOnAfterBusinessDays,
            place is { } id ? places.GetValueOrDefault(id)?.Name : null,
            who is null ? null : staff[who.Person].Name);
    }

    private bool IsThere(Holder one, ContactPlace place, Guid? school) =>
        places.TryGetValue(one.Organization, out var there)
        && (place is ContactPlace.School ? one.Organization == school : there.Type != School);
}
