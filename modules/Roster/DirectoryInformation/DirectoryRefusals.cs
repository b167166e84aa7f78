using K12Hub.Hosting;

namespace K12Hub.Roster;

/// <summary>Why something is not written down of directory information.</summary>
internal static class DirectoryRefusals
{
    public const int LongestText = 200;

    public const int MostParties = 50;

    public static readonly Refusal NoStudent = Refusal.NotFound("student");

    public static readonly Refusal Who = new(
        "directory.who", "Say who wishes it, in 1 to 200 characters, for instance: mother, form of 1 September.");

    public static readonly Refusal Nothing = new("directory.nothing", "Name at least one category.");

    public static readonly Refusal Future = new("directory.future", "The day is still to come.");

    public static readonly Refusal Parties = new(
        "directory.parties", "Name at most 50 parties, each in 1 to 200 characters.");
}
