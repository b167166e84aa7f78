using K12Hub.District.Schools;

namespace K12Hub.District.People;

/// <summary>Children with the adults who answer for them, in one home or two.</summary>
internal sealed class Household(
    DistrictShape shape, Seed seed, string key, int firstArea, int arrived, IReadOnlyList<Child> children)
    : DistrictPart
{
    // One household in this many leaves the district on any day, and one moves to another neighbourhood.
    private const int DaysUntilLeaving = 1000;
    private const int DaysBetweenMoves = 900;
    private const int ReturnChance = 15;

    private readonly int left = arrived + seed.For("leaves").Between(1, DaysUntilLeaving);
    private readonly int? returned = seed.For("returns").Percent(ReturnChance)
        ? arrived + seed.For("leaves").Between(1, DaysUntilLeaving) + seed.For("away").Between(7, 40)
        : null;

    private Family? family;

    public string Key => key;

    public Seed Seed => seed;

    public int FirstArea => firstArea;

    public IReadOnlyList<Child> Children => children;

    public string Language { get; } = NameBook.LanguageOf(seed.For("language"));

    public Family Family => family ??= new(seed, children.Count);

    /// <summary>Grades of the children, drawn around the first one's.</summary>
    public static int[] GradesOf(Seed seed)
    {
        var grades = new int[1 + seed.For("children").Weighted([40, 38, 16, 6])];
        grades[0] = seed.For("first grade").Below(Level.Grades);
        for (var i = 1; i < grades.Length; i++)
        {
            var draw = seed.For("sibling").For(i);
            var apart = draw.For("twin").Percent(3) ? 0 : draw.For("apart").Between(1, 4);
            var grade = grades[i - 1] + (draw.For("older").Percent(50) ? apart : -apart);
            grades[i] = grade is < 0 or >= Level.Grades ? (2 * grades[i - 1]) - grade : grade;
        }

        return grades;
    }

    public bool LivesHereOn(int day) => day >= arrived && (day < left || day >= returned);

    public IEnumerable<Adult> AdultsOn(int day) => Family.AdultsOn(day, arrived);

    public string StudentId(Child child) => $"STU-{key}-{child.Index + 1}";

    public string AdultId(Adult adult) => $"GDN-{key}-{adult.Letter}";

    public string HomeId(int home) => $"HOME-{key}-{home + 1}";

    /// <summary>The school a child goes to, since when, and the seat there.</summary>
    public SchoolPlace PlaceOn(Child child, int day)
    {
        var (school, since, seat) = (shape.Areas.SchoolFor(firstArea, child.Grade), arrived, child.Seat);
        var moves = Timeline.Days(seed.For("moves"), DaysBetweenMoves, arrived, day);
        for (var move = 0; move < moves.Count; move++)
        {
            var area = seed.For("moves to").For(move).Below(shape.Areas.Count);
            var next = shape.Areas.SchoolFor(area, child.Grade);
            if (next == school) continue;
            (school, since, seat) = (next, moves[move], child.Seed.For("seat").For(move).Below(Child.SomeSeat));
        }

        return new(shape.Schools[school], returned <= day ? Math.Max(since, returned.Value) : since, seat);
    }

    public override IEnumerable<Person> People(int day)
    {
        if (!LivesHereOn(day)) return [];

        var schools = children.Select(child => PlaceOn(child, day).School).ToArray();
        var adults = AdultsOn(day).ToArray();
        return [
            .. children.Select(child => StudentRecord.Of(shape, this, child, adults, schools[child.Index], day)),
            .. adults.Select(adult => GuardianRecord.Of(shape, this, adult, schools, arrived, day))];
    }

    public override IEnumerable<Enrollment> Enrollments(int day)
    {
        if (!LivesHereOn(day)) yield break;

        foreach (var child in children)
        {
            var place = PlaceOn(child, day);
            foreach (var (classId, since) in StudentSchedule.Of(place, child, day))
                yield return new(classId, place.School.Id, StudentId(child), false, shape.Calendar.DateOf(since));
        }
    }

    public override IEnumerable<Demographics> Demographics(int day) =>
        LivesHereOn(day)
            ? children.Select(child => StudentRecord.DemographicsOf(shape, this, child, arrived, day))
            : [];
}

/// <summary>A seat in a school since a day.</summary>
internal readonly record struct SchoolPlace(School School, int Since, int Seat);
