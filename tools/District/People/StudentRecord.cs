using K12Hub.District.Schools;

namespace K12Hub.District.People;

/// <summary>What the roster says of a student.</summary>
internal static class StudentRecord
{
    // One student in this many gets another family name on any day, and one a corrected place of birth.
    private const int DaysBetweenNames = 4000;
    private const int DaysBetweenCorrections = 5000;

    public static Person Of(
        DistrictShape shape, Household home, Child child, IReadOnlyList<Adult> adults, School school, int day)
    {
        var seed = child.Seed;
        var female = IsFemale(child);
        var language = seed.For("english name").Percent(50) ? "en" : home.Language;
        var number = $"{seed.For("number").Below(1_000_000_000):000000000}";

        return new()
        {
            Id = home.StudentId(child),
            Username = "s" + number,
            GivenName = shape.Names.Given(seed.For("given"), female, language),
            FamilyName = FamilyName(shape, home, child, day),
            MiddleName = seed.For("has middle").Percent(60)
                ? shape.Names.Given(seed.For("middle"), female, language)
                : null,
            PreferredGivenName = seed.For("has preferred").Percent(8)
                ? shape.Names.Given(seed.For("preferred"), female, "en")
                : null,
            Identifier = number,
            Email = $"s{number}@students.{DistrictShape.Domain}",
            AgentIds = [.. adults.Where(adult => home.Family.LiveTogether(adult, child)).Select(home.AdultId)],
            Grade = Level.Code(child.Grade),
            Roles = [new(school.Id, "student")],
            Language = home.Language,
            Homes = [.. home.Family.HomesOf(child).Select(home.HomeId)],
        };
    }

    public static Demographics DemographicsOf(DistrictShape shape, Household home, Child child, int arrived, int day)
    {
        var seed = child.Seed;
        // Five years old before September of the kindergarten year.
        var born = new DateOnly(shape.Calendar.YearEnding - 7 - child.Grade, 9, 1)
            .AddDays(seed.For("birthday").Below(365));
        var corrections = Timeline.Days(seed.For("corrections"), DaysBetweenCorrections, arrived, day).Count;
        var origin = Origins.GetValueOrDefault(home.Language, Origins["en"]);
        var native = home.Language is "en" || seed.For("born here").Percent(70);

        return new(
            home.StudentId(child), born, IsFemale(child) ? "female" : "male",
            origin.Races[home.Seed.For("race").Weighted(RaceShares(origin.Races.Length))],
            home.Seed.For("hispanic").Percent(origin.Hispanic), native ? "US" : origin.Country,
            native ? seed.For("birth city").For(corrections).Pick(Cities) : null);
    }

    private static bool IsFemale(Child child) => child.Seed.For("sex").Percent(49);

    private static string FamilyName(DistrictShape shape, Household home, Child child, int day)
    {
        var changes = Timeline.Days(child.Seed.For("names"), DaysBetweenNames, 0, day).Count;
        return changes == 0
            ? shape.Names.Family(home.Seed.For("family name"), home.Language)
            : shape.Names.Family(child.Seed.For("family name").For(changes), home.Language);
    }

    // The first race listed is the common one; each next one is half as likely.
    private static int[] RaceShares(int races) => [.. Enumerable.Range(0, races).Select(i => 1 << (races - i))];

    private static readonly string[] Cities =
        ["Cedar Valley", "Millbrook", "Harlow", "Port Linden", "Ashby", "New Carrick", "Stonefield", "East Marlow"];

    private static readonly Dictionary<string, (string Country, int Hispanic, string[] Races)> Origins = new()
    {
        ["en"] = ("US", 12, ["white", "black", "two", "asian", "native", "pacific"]),
        ["es"] = ("MX", 96, ["white", "two", "native", "black"]),
        ["vi"] = ("VN", 1, ["asian"]),
        ["zh"] = ("CN", 1, ["asian"]),
        ["pt"] = ("BR", 10, ["white", "two", "black"]),
        ["ht"] = ("HT", 1, ["black"]),
        ["so"] = ("SO", 0, ["black"]),
        ["ar"] = ("SY", 0, ["white"]),
        ["pl"] = ("PL", 0, ["white"]),
        ["fr"] = ("FR", 1, ["white", "black"]),
    };
}
