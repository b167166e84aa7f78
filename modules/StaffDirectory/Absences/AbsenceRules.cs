using K12Hub.Hosting;
using Npgsql;

namespace K12Hub.StaffDirectory;

/// <summary>Who is to be away.</summary>
/// <param name="Person">Who, by the roster's id.</param>
/// <param name="FirstDay">From this day on.</param>
/// <param name="LastDay">To this day.</param>
/// <param name="Deputy">Who stands in; null for nobody.</param>
public sealed record AbsenceOrder(Guid Person, DateOnly FirstDay, DateOnly LastDay, Guid? Deputy);

/// <summary>Days on which somebody is away.</summary>
internal sealed record KnownAbsence(Guid Id, Guid Person, DateOnly FirstDay, DateOnly LastDay, Guid? Deputy)
{
    /// <summary>An id, a person, a first and a last day, and a deputy.</summary>
    public static KnownAbsence Read(NpgsqlDataReader row) => new(
        row.GetGuid(0), row.GetGuid(1), row.GetFieldValue<DateOnly>(2), row.GetFieldValue<DateOnly>(3),
        row.IsDBNull(4) ? null : row.GetGuid(4));

    public bool IsOn(DateOnly day) => FirstDay <= day && day <= LastDay;

    public bool Overlaps(DateOnly from, DateOnly to) => FirstDay <= to && from <= LastDay;
}

/// <summary>What may happen to absences, and who stands in for whom: pure.</summary>
internal static class AbsenceRules
{
    /// <summary>What is wrong with an order by itself; null for nothing.</summary>
    public static Refusal? WhyNot(AbsenceOrder order) =>
        IsNoSpan(order.FirstDay, order.LastDay) ? AbsenceRefusals.LastDay
        : order.Deputy == order.Person ? AbsenceRefusals.OwnDeputy
        : null;

    /// <summary>Ends an absence on another day.</summary>
    /// <param name="absence">The absence.</param>
    /// <param name="lastDay">The last day.</param>
    /// <param name="others">The others of the same person.</param>
    /// <param name="away">Who is away meanwhile of those who would stand in.</param>
    public static Decision<AbsenceEvent> Move(
        Absence absence, DateOnly lastDay, IEnumerable<KnownAbsence> others, IReadOnlyCollection<KnownAbsence> away)
    {
        if (absence is not { Planned: { } planned, IsCancelled: false }) return AbsenceRefusals.NotFound;
        if (planned.FirstDay is not { } first) return Refusal.Erased;
        if (absence.LastDay == lastDay) return Decision.Nothing;
        if (IsNoSpan(first, lastDay)) return AbsenceRefusals.LastDay;
        if (others.Any(other => other.Id != absence.Id && other.Overlaps(first, lastDay)))
            return AbsenceRefusals.Overlaps.At("lastDay");
        if (LeadsBack(new(planned.Person, first, lastDay, planned.Deputy), away))
            return AbsenceRefusals.Loop.At("lastDay");

        return new AbsenceEvent.Moved(planned.Person, lastDay);
    }

    /// <summary>Whether there is a day on which those who stand in for each other come back to who is away.</summary>
    /// <param name="order">Who is to be away.</param>
    /// <param name="away">Who else is, of those who would stand in.</param>
    public static bool LeadsBack(AbsenceOrder order, IReadOnlyCollection<KnownAbsence> away)
    {
        var byPerson = away.ToLookup(one => one.Person);
        return order.Deputy is { } deputy
            && Leads(order.Person, deputy, order.FirstDay, order.LastDay, byPerson, []);
    }

    /// <summary>Who stands in for somebody on a day: the deputy, or the deputy's where that one is away as well; null
    /// for nobody.</summary>
    public static Guid? StandIn(Guid person, DateOnly day, ILookup<Guid, KnownAbsence> away)
    {
        var passed = new HashSet<Guid>();
        Guid? now = person;
        while (now is { } one && passed.Add(one))
        {
            if (away[one].FirstOrDefault(absence => absence.IsOn(day)) is not { } absence)
                return one == person ? null : one;
            now = absence.Deputy;
        }

        return null;
    }

    private static bool Leads(
        Guid target, Guid deputy, DateOnly from, DateOnly to, ILookup<Guid, KnownAbsence> away, HashSet<Guid> passed)
    {
        if (deputy == target) return true;
        if (from > to || !passed.Add(deputy)) return false;

        var leads = away[deputy].Any(one => one.Overlaps(from, to) && one.Deputy is { } next
            && Leads(target, next, Later(from, one.FirstDay), Earlier(to, one.LastDay), away, passed));
        passed.Remove(deputy);
        return leads;
    }

    private static bool IsNoSpan(DateOnly first, DateOnly last) =>
        last < first || last.DayNumber - first.DayNumber > AbsenceRefusals.MostDays;

    private static DateOnly Later(DateOnly one, DateOnly other) => one > other ? one : other;

    private static DateOnly Earlier(DateOnly one, DateOnly other) => one < other ? one : other;
}
