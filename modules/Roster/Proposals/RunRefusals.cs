using K12Hub.Hosting;

namespace K12Hub.Roster;

/// <summary>Every no that a decision about a run may get.</summary>
internal static class RunRefusals
{
    public static readonly Refusal NotFound = Refusal.NotFound("run") with { Code = "roster.run_not_found" };

    public static readonly Refusal Busy = new(
        "roster.run_busy", "Another import of this district is going on. Wait until it has ended, then try again.");

    public static readonly Refusal NoReason = new(
        "roster.reason_missing", "Say why: whoever looks at the run next wants to know.");

    public static readonly Refusal DecidedMeanwhile = new(
        "roster.run_decided", "Somebody else decided about this run at the same moment. Look at it again.");

    public static readonly Refusal RosterChanged = new(
        "roster.roster_changed",
        "The roster is no longer as it was when this run was held, so it would do something else than it shows. Reject "
            + "it and import the package again.");

    public static Refusal NotApplied(ImportStatus status) => new(
        "roster.run_not_applied", $"This run is {RunRecord.Word(status)}: only an applied run can be rolled back.");

    public static Refusal NotNewest(Guid newer) => new(
        "roster.run_not_newest",
        $"Run {newer} was applied after it and stands in the way. Roll that one back first.");

    public static Refusal NotHeld(ImportStatus status) => new(
        "roster.run_not_held", $"This run is {RunRecord.Word(status)}: only a held run can be applied or rejected.");
}
