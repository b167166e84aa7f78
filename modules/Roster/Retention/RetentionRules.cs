using K12Hub.Hosting;

namespace K12Hub.Roster;

/// <summary>What may happen to the schedule of a kind of records: pure.</summary>
internal static class RetentionRules
{
    public const int LongestBasis = 200;

    public static Decision<RetentionEvent> Set(
        RetentionSchedule schedule, RetentionKind kind, string keepFor, string basis, string? by, DateTimeOffset at)
    {
        if (kind is RetentionKind.AccessRecords) return RetentionRefusals.WithRecords;
        if (KeepFor.Read(keepFor) is not { } keep) return RetentionRefusals.KeepFor;
        if (basis.Trim().Length is 0 or > LongestBasis) return RetentionRefusals.Basis;

        var proposed = new RetentionEvent.Proposed(kind.Word(), keep.ToString(), basis.Trim(), by, at);
        return IsSame(schedule.Waiting, proposed) || (schedule.Waiting is null && IsSame(schedule.InForce, proposed))
            ? Decision.Nothing
            : proposed;
    }

    /// <param name="schedule">What is in force and what waits.</param>
    /// <param name="keepFor">What was looked at: another proposal may have come meanwhile.</param>
    /// <param name="isSecond">Whether it is somebody else than who proposed.</param>
    /// <param name="by">Id of who approves.</param>
    /// <param name="at">When.</param>
    public static Decision<RetentionEvent> Approve(
        RetentionSchedule schedule, string keepFor, bool isSecond, string? by, DateTimeOffset at)
    {
        var meant = KeepFor.Read(keepFor)?.ToString();
        if (schedule.Waiting is not { } waiting)
            return meant is not null && schedule.InForce?.KeepFor == meant ? Decision.Nothing : RetentionRefusals.None;
        if (waiting.KeepFor != meant) return RetentionRefusals.Changed;

        return isSecond ? new RetentionEvent.Approved(by, at) : RetentionRefusals.SamePerson;
    }

    /// <summary>Also by who proposed it.</summary>
    public static Decision<RetentionEvent> Decline(RetentionSchedule schedule, string? by, DateTimeOffset at) =>
        schedule.Waiting is null ? Decision.Nothing : new RetentionEvent.Declined(by, at);

    /// <summary>Keeping longer needs nobody else.</summary>
    public static Decision<RetentionEvent> End(RetentionSchedule schedule, string? by, DateTimeOffset at) =>
        schedule.InForce is null ? Decision.Nothing : new RetentionEvent.Ended(by, at);

    private static bool IsSame(RetentionEvent.Proposed? known, RetentionEvent.Proposed proposed) =>
        known is not null && known.KeepFor == proposed.KeepFor && known.Basis == proposed.Basis;
}
