using K12Hub.District.Schools;

namespace K12Hub.District.People;

/// <summary>What the roster says of a parent, guardian or relative.</summary>
internal static class GuardianRecord
{
    // One guardian in this many gets another number, or another family name, on any day.
    private const int DaysBetweenNumbers = 500;
    private const int DaysBetweenNames = 3000;

    public static Person Of(
        DistrictShape shape, Household home, Adult adult, IReadOnlyList<School> schools, int arrived, int day)
    {
        var seed = adult.Seed;
        var children = home.Children.Where(child => home.Family.LiveTogether(adult, child)).ToArray();
        var id = home.AdultId(adult);
        var female = seed.For("odd couple").Percent(5) ? seed.For("sex").Percent(50) : adult.Letter is 'A' or 'R';
        var numbers = Timeline.Days(seed.For("numbers"), DaysBetweenNumbers, arrived, day).Count;

        return new()
        {
            Id = id,
            Username = id.ToLowerInvariant(),
            GivenName = shape.Names.Given(seed.For("given"), female, home.Language),
            FamilyName = FamilyName(shape, home, adult, arrived, day),
            Email = seed.For("has email").Percent(92) ? $"{id.ToLowerInvariant()}@mail.example" : null,
            Phone = PhoneNumber.Of(seed, numbers),
            AgentIds = [.. children.Select(home.StudentId)],
            Roles = [.. children.Select(child => schools[child.Index].Id).Distinct().Order(StringComparer.Ordinal)
                .Select(school => new PersonRole(school, adult.Role))],
            Language = home.Language,
            Homes = [home.HomeId(adult.Home)],
        };
    }

    // Most adults of the first home carry the children's name; a new partner and a relative do not.
    private static string FamilyName(DistrictShape shape, Household home, Adult adult, int arrived, int day)
    {
        var changes = Timeline.Days(adult.Seed.For("names"), DaysBetweenNames, arrived, day).Count;
        var own = changes > 0 || adult.Letter is 'C' or 'R' || adult.Seed.For("own name").Percent(20);
        return own
            ? shape.Names.Family(adult.Seed.For("family name").For(changes), home.Language)
            : shape.Names.Family(home.Seed.For("family name"), home.Language);
    }
}
