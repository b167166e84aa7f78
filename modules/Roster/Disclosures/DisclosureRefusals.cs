using K12Hub.Hosting;

namespace K12Hub.Roster;

/// <summary>Why a disclosure is not written down.</summary>
internal static class DisclosureRefusals
{
    public const int MostStudents = 500;
    public const int LongestParty = 200;
    public const int LongestInterest = 1_000;
    public const int MostYears = 100;

    public static readonly Refusal Students = new Refusal(
        "disclosure.students",
        "studentIds names nobody, or more than 500 students. Name 1 to 500, and the others in a second disclosure.")
        .At("studentIds");

    public static readonly Refusal Records = new Refusal(
        "disclosure.records", "records is empty. Name the kinds of records that went out; OTHER where none fits.")
        .At("records");

    public static readonly Refusal Party = new Refusal(
        "disclosure.party",
        "party is empty or too long, or has line breaks. Say which office or firm got the records in 1 to 200 letters.")
        .At("party");

    public static readonly Refusal Interest = new Refusal(
        "disclosure.interest",
        "interest is empty or too long, or has line breaks. Say what it is for, in 1 to 1,000 letters.")
        .At("interest");

    public static readonly Refusal Day = new Refusal(
        "disclosure.day",
        "madeOn is still to come, or is more than 100 years ago. Give the day on which the records went out.")
        .At("madeOn");

    /// <summary>There is none, or none whom the viewer may tell this of.</summary>
    /// <param name="place">Which of those that were named.</param>
    public static Refusal NoStudent(int place) => Refusal.NotFound("student").At("studentIds", $"{place}");
}
