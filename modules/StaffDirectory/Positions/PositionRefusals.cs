using K12Hub.Hosting;

namespace K12Hub.StaffDirectory;

/// <summary>Why positions stay as they are.</summary>
internal static class PositionRefusals
{
    public static readonly Refusal Key = new(
        "position.key",
        "A key has 2 to 60 of the characters a to z, 0 to 9 and the hyphen, and begins with a letter: bus-dispatcher.");

    public static readonly Refusal Language = new(
        "position.language", "Titles are in English or Spanish: write en or es.");

    public static readonly Refusal Title = new(
        "position.title", "A title has 1 to 100 characters, and no line breaks.");

    public static readonly Refusal NotFound = Refusal.NotFound("position");

    public static readonly Refusal Retired = new(
        "position.retired", "The district has this position no longer. Name another, or describe it again first.");
}
