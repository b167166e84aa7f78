using K12Hub.Hosting;

namespace K12Hub.StaffDirectory;

/// <summary>Who is to have which position.</summary>
/// <param name="Person">Who, by the roster's id.</param>
/// <param name="Position">Key of the position.</param>
/// <param name="Organization">Where, by the roster's id.</param>
/// <param name="FirstDay">From this day on.</param>
/// <param name="LastDay">To this day; null for open.</param>
/// <param name="Share">How much of a whole job, above 0 to 1.</param>
/// <param name="IsPrimary">Whether it is what the person mainly is.</param>
public sealed record AssignmentOrder(
    Guid Person, string Position, Guid Organization, DateOnly FirstDay, DateOnly? LastDay, decimal Share,
    bool IsPrimary);

/// <summary>An assignment of the same person to the same position at the same organization.</summary>
internal sealed record KnownAssignment(
    Guid Id, DateOnly? FirstDay, DateOnly? LastDay, decimal? Share, bool IsPrimary)
{
    public bool Is(AssignmentOrder order) =>
        (FirstDay, LastDay, Share, IsPrimary) == (order.FirstDay, order.LastDay, order.Share, order.IsPrimary);

    /// <summary>Whether they have a day in common. Of somebody who was erased nothing is known.</summary>
    public bool Overlaps(DateOnly from, DateOnly? to) =>
        FirstDay is { } first && (to is null || first <= to) && (LastDay is null || from <= LastDay);
}

/// <summary>What may happen to assignments: pure.</summary>
internal static class AssignmentRules
{
    /// <summary>What is wrong with an order by itself; null for nothing.</summary>
    public static Refusal? WhyNot(AssignmentOrder order)
    {
        if (order.Share is <= 0 or > 1 || decimal.Round(order.Share, 4) != order.Share)
            return AssignmentRefusals.Share.At("share");

        return order.LastDay < order.FirstDay ? AssignmentRefusals.LastDay.At("lastDay") : null;
    }

    /// <summary>Ends an assignment, or says that it ends on another day.</summary>
    /// <param name="assignment">The assignment.</param>
    /// <param name="lastDay">The last day.</param>
    /// <param name="others">The others of the same person to the same position at the same organization.</param>
    public static Decision<AssignmentEvent> End(
        Assignment assignment, DateOnly lastDay, IEnumerable<KnownAssignment> others)
    {
        if (assignment.Assigned is not { } assigned) return AssignmentRefusals.NotFound;
        if (assigned.FirstDay is not { } first) return Refusal.Erased;
        if (assignment.LastDay == lastDay) return Decision.Nothing;
        if (lastDay < first) return AssignmentRefusals.LastDay.At("lastDay");
        if (others.Any(other => other.Id != assignment.Id && other.Overlaps(first, lastDay)))
            return AssignmentRefusals.Overlaps.At("lastDay");

        return new AssignmentEvent.Ended(assigned.Person, lastDay);
    }
}
