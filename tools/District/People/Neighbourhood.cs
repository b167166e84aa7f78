using K12Hub.District.Schools;

namespace K12Hub.District.People;

/// <summary>All households, in an order that never changes.</summary>
internal static class Neighbourhood
{
    // New households a day, for every so many of day 0; as many as leave (see Household).
    private const int HouseholdsPerArrival = 1000;

    /// <summary>The households of day 0, with exactly the students of the plan.</summary>
    public static IEnumerable<Household> FirstDay(DistrictShape shape)
    {
        var areas = shape.Areas;
        var seated = new int[areas.Count + areas.MiddleSchools + areas.HighSchools, Level.Grades];
        for (int number = 0, students = 0; students < shape.Plan.Students; number++)
        {
            var seed = shape.Seed.For("household").For(number);
            var area = areas.Of(students);
            var grades = Household.GradesOf(seed);
            if (grades.Length > shape.Plan.Students - students) grades = grades[..(shape.Plan.Students - students)];
            students += grades.Length;

            yield return new(shape, seed, $"{number:000000}", area, 0, [.. grades.Select(Seat)]);

            Child Seat(int grade, int index) =>
                new(index, grade, seed.For("child").For(index), seated[areas.SchoolFor(area, grade), grade]++);
        }
    }

    /// <summary>The households that came later, up to and including a day.</summary>
    public static IEnumerable<Household> Arrivals(DistrictShape shape, int until)
    {
        for (var day = 1; day <= until; day++)
        {
            var today = shape.Seed.For("arrivals").For(day);
            var count = (shape.Households + today.Below(HouseholdsPerArrival)) / HouseholdsPerArrival;
            for (var number = 0; number < count; number++)
            {
                var seed = today.For(number);
                var children = Household.GradesOf(seed).Select((grade, index) => Newcomer(seed, grade, index));
                var area = seed.For("area").Below(shape.Areas.Count);
                yield return new(shape, seed, $"{day:000}N{number:000}", area, day, [.. children]);
            }
        }
    }

    private static Child Newcomer(Seed household, int grade, int index)
    {
        var seed = household.For("child").For(index);
        return new(index, grade, seed, seed.For("seat").Below(Child.SomeSeat));
    }
}
