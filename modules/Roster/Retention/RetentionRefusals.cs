using K12Hub.Hosting;

namespace K12Hub.Roster;

/// <summary>Why a schedule is not set.</summary>
internal static class RetentionRefusals
{
    public static readonly Refusal WithRecords = new(
        "retention.with_records",
        "Records of who saw a student, and of disclosures, are kept as long as the student's record (34 CFR 99.32). "
        + "They have no schedule of their own.");

    public static readonly Refusal KeepFor = new(
        "retention.keep_for", "Write how long as ISO 8601 does, in years, months and days, from P30D to P100Y: P7Y.");

    public static readonly Refusal Basis = new(
        "retention.basis", "Name the law or rule in 1 to 200 characters; certificates quote it, so never a name.");

    public static readonly Refusal None = new(
        "retention.nothing_waits", "No schedule of this kind waits for a second person.");

    public static readonly Refusal Changed = new(
        "retention.changed", "Another schedule was proposed meanwhile. Look at it, and approve that one or decline.");

    public static readonly Refusal SamePerson = new(
        "retention.same_person", "Somebody else than who proposed it has to approve.");
}
