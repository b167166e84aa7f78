using K12Hub.Hosting;

namespace K12Hub.StaffDirectory;

/// <summary>Why chains of contact stay as they are.</summary>
internal static class ChainRefusals
{
    public const int MostSteps = 10;
    public const int LongestWait = 30;
    public const int LongestHours = 200;

    public static readonly Refusal Steps = new(
        "chain.steps", "A chain has 1 to 10 steps. Say whom one asks first, or retire the chain.");

    public static readonly Refusal Loop = new(
        "chain.loop", "Two steps name the same position at the same place. Leave one of them out.");

    public static readonly Refusal MoveOn = new(
        "chain.move_on",
        "Every step but the last one says after how many business days one may move on: 1 to 30.");

    public static readonly Refusal Hours = new(
        "chain.hours", "Hours have 1 to 200 characters and no line breaks: Monday to Friday, 7:30 to 16:00.");

    public static readonly Refusal NotFound = Refusal.NotFound("contactChain");

    public static readonly Refusal NoArea = Refusal.NotFound("area");

    public static readonly Refusal AreaRetired = new(
        "area.retired", "The district helps with this no longer. Name another area, or describe it again first.");

    public static readonly Refusal NoSchool = Refusal.NotFound("school");
}
