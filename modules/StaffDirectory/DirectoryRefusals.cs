using K12Hub.Hosting;

namespace K12Hub.StaffDirectory;

/// <summary>Why the directory stays as it is.</summary>
internal static class DirectoryRefusals
{
    public static readonly Refusal Key = new(
        "area.key",
        "A key has 2 to 60 of the characters a to z, 0 to 9 and the hyphen, and begins with a letter: bus-passes.");

    public static readonly Refusal Language = new("area.language", "Texts are in English or Spanish: write en or es.");

    public static readonly Refusal Name = new("area.name", "A name has 1 to 100 characters, and no line breaks.");

    public static readonly Refusal Description = new(
        "area.description", "A description has at most 1,000 characters, and no control characters.");

    public static readonly Refusal Phrases = new(
        "area.phrases",
        "There are at most 200 phrases, each of 1 to 100 characters with a word in it that is not a mere the or and.");

    public static readonly Refusal NotFound = Refusal.NotFound("area");
}
