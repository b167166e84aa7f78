namespace K12Hub.District.Schools;

/// <summary>School names; no two schools of a level share one.</summary>
internal static class SchoolNames
{
    public static string Of(Seed seed, SchoolLevel level, int number)
    {
        var places = FirstWords.Length * SecondWords.Length;
        // 7 shares no factor with the number of places, so the walk meets each of them once; levels start apart.
        var place = (seed.For("school names").Below(places) + (7 * number) + (places / 3 * (int)level)) % places;
        var (first, second) = (FirstWords[place % FirstWords.Length], SecondWords[place / FirstWords.Length]);
        var again = number / places == 0 ? "" : $" {(number / places) + 1}";

        return $"{first} {second}{again} {level} School";
    }

    private static readonly string[] FirstWords =
    [
        "Alder", "Aspen", "Birch", "Blue", "Briar", "Cedar", "Cherry", "Clover", "Copper", "Cypress", "Eagle", "Elm",
        "Fern", "Granite", "Hawthorn", "Hazel", "Heron", "Holly", "Juniper", "Laurel", "Linden", "Maple", "Meadow",
        "Mill", "Oak", "Orchard", "Otter", "Pine", "Poplar", "Quail", "Red", "River", "Rose", "Sage", "Silver",
        "Spring", "Stone", "Sycamore", "Walnut", "Willow",
    ];

    private static readonly string[] SecondWords =
    [
        "Bend", "Bluff", "Bridge", "Brook", "Canyon", "Creek", "Crossing", "Falls", "Field", "Glen", "Grove", "Heights",
        "Hill", "Hollow", "Knoll", "Lake", "Landing", "Park", "Point", "Ridge", "Run", "Springs", "Terrace", "Valley",
        "View",
    ];
}
