using System.Globalization;
using K12Hub.Contracts;

namespace K12Hub.Roster;

/// <summary>A truncated export looks just like a mass departure. When too much would end at once the run is held, and a
/// person looks.</summary>
internal sealed class HoldRule(RosterSourceSettings limits, Func<string, string> nameOf)
{
    /// <summary>A school has nobody left when all of these are gone.</summary>
    private static readonly string[] OfASchool =
        [RosterCollections.Users, RosterCollections.Classes, RosterCollections.Enrollments];

    /// <summary>Why the run must be looked at; nothing when it may go on. Who is missing counts as ended. What ends
    /// because its time is over does not count; where that made the difference, it is said.</summary>
    public IReadOnlyList<RosterFinding> Look(IReadOnlyCollection<ProposedChange> changes)
    {
        var all = changes.Select(change => change.WithoutGrace()).ToList();
        var reasons = Reasons([.. all.Select(change => change.Unexpected())]).ToList();
        return reasons.Count == Reasons(all).Count()
            ? reasons
            : [.. reasons, .. all.GroupBy(change => change.Collection).SelectMany(Past)];
    }

    private IEnumerable<RosterFinding> Reasons(IReadOnlyCollection<ProposedChange> changes) =>
        changes.GroupBy(change => change.Collection).Select(Kind).OfType<RosterFinding>()
            .Concat(changes.Where(change => change.School is not null && OfASchool.Contains(change.Collection))
                .GroupBy(change => change.School).Select(Emptied).OfType<RosterFinding>())
            .Concat(changes.Where(change => change.School is not null).Select(School).OfType<RosterFinding>());

    private IEnumerable<RosterFinding> Past(IGrouping<string, ProposedChange> kind)
    {
        var count = kind.Sum(change => change.Expected);
        if (count > 0)
        {
            yield return new(FindingEffect.Warning, "hold.past",
                $"{Number(count)} {kind.Key} end because their sessions are over; they are not taken for a mistake.",
                nameOf(kind.Key));
        }
    }

    private RosterFinding? Kind(IGrouping<string, ProposedChange> kind)
    {
        var all = kind.Aggregate((sum, change) => sum.And(change));
        if (all is { InForce: > 0, Ended: > 0, After: <= 0 })
        {
            return Held("hold.kindEmpty", kind.Key, $"All {Number(all.InForce)} {kind.Key} would end");
        }

        return IsAbove(all, limits.HoldAboveKindPercent)
            ? Held("hold.kindShare", kind.Key,
                $"{Part(all)} {kind.Key} would end, more than {limits.HoldAboveKindPercent} %")
            : null;
    }

    private RosterFinding? School(ProposedChange change)
    {
        var what = $"{Part(change)} {change.Collection} of {change.SchoolName} would end, more than";
        return change.Ended > limits.HoldAboveSchoolEndings
            ? Held("hold.schoolEndings", change.Collection, $"{what} {Number(limits.HoldAboveSchoolEndings)}")
            : IsAbove(change, limits.HoldAboveSchoolPercent)
                ? Held("hold.schoolShare", change.Collection, $"{what} {limits.HoldAboveSchoolPercent} %")
                : null;
    }

    private RosterFinding? Emptied(IGrouping<Guid?, ProposedChange> school) =>
        school.Aggregate((sum, change) => sum.And(change)) is { InForce: > 0, Ended: > 0, After: <= 0 } all
            ? Held("hold.schoolEmpty", RosterCollections.Orgs,
                $"{all.SchoolName} would have no people, classes and enrollments left")
            : null;

    private bool IsAbove(ProposedChange change, double percent) =>
        change.Ended >= limits.PercentFromEndings && change.Ended * 100.0 > change.InForce * percent;

    private RosterFinding Held(string rule, string collection, FormattableString what) => new(
        FindingEffect.RunHeld, rule,
        $"{what.ToString(CultureInfo.InvariantCulture)}. If that is right, apply the run; else reject it.",
        nameOf(collection));

    private static string Part(ProposedChange change) => $"{Number(change.Ended)} of {Number(change.InForce)}";

    private static string Number(int number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
