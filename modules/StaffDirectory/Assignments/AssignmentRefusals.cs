using K12Hub.Hosting;

namespace K12Hub.StaffDirectory;

/// <summary>Why assignments stay as they are.</summary>
internal static class AssignmentRefusals
{
    public static readonly Refusal Share = new(
        "assignment.share",
        "A share is above 0 and at most 1, with at most four decimals: 1 for a whole job, 0.5 for half of one.");

    public static readonly Refusal LastDay = new(
        "assignment.last_day", "The last day comes before the first one. Give a last day on or after it, or none.");

    public static readonly Refusal Overlaps = new(
        "assignment.overlaps",
        "The person has this position at this organization on some of these days already. End that assignment first, "
        + "or choose days before or after it.");

    public static readonly Refusal NotFound = Refusal.NotFound("assignment");

    public static readonly Refusal NoPerson = Refusal.NotFound("staffMember");

    public static readonly Refusal NoOrganization = Refusal.NotFound("organization");
}
