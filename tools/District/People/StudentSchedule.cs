using K12Hub.District.Schools;

namespace K12Hub.District.People;

/// <summary>The classes a student sits in, and since when.</summary>
internal static class StudentSchedule
{
    // One student in this many changes a class on any day.
    private const int DaysBetweenChanges = 300;

    // Share of seniors who need no second elective, in percent.
    private const int SeniorsWithoutElective = 12;

    public static IEnumerable<(string ClassId, int Since)> Of(SchoolPlace place, Child child, int day)
    {
        var changes = Timeline.Days(child.Seed.For("class changes"), DaysBetweenChanges, place.Since, day);
        return place.School.Level is SchoolLevel.Elementary
            ? Elementary(place, child, changes)
            : Secondary(place, child, changes);
    }

    private static IEnumerable<(string ClassId, int Since)> Elementary(
        SchoolPlace place, Child child, IReadOnlyList<int> changes)
    {
        var timetable = place.School.Timetable;
        var (section, since) = Latest(place.Since, changes, n => timetable.Homeroom(child.Grade, place.Seat + n));
        yield return (place.School.ClassId(Lesson.HomeroomSubject, section), since);
        foreach (var special in Catalogue.Specials) yield return (place.School.ClassId(special.Code, section), since);
    }

    private static IEnumerable<(string ClassId, int Since)> Secondary(
        SchoolPlace place, Child child, IReadOnlyList<int> changes)
    {
        var (school, grade, seat) = (place.School, child.Grade, place.Seat);
        for (var subject = 0; subject < Timetable.CoreSubjects; subject++)
        {
            var core = school.Timetable.CoreSection(grade, seat, subject);
            yield return (school.ClassId(Lesson.SecondarySubjects[subject], core), place.Since);
        }

        // Changes take turns: the first is in the first elective, the second in the second.
        yield return Elective(5, n => (n + 1) / 2);
        if (!(grade == 12 && child.Seed.For("early release").Percent(SeniorsWithoutElective)))
            yield return Elective(6, n => n / 2);
        if (school.Level is not SchoolLevel.Middle) yield break;
        var advisory = school.Timetable.CoreSection(grade, seat, 0);
        yield return (school.ClassId(Lesson.AdvisorySubject, advisory), place.Since);

        (string, int) Elective(int subject, Func<int, int> turn)
        {
            var choice = child.Seed.For("elective").For(subject).Below(Child.SomeSeat);
            var (section, since) = Latest(place.Since, changes, SectionAfter);
            return (school.ClassId(Lesson.SecondarySubjects[subject], section), since);

            int SectionAfter(int n) => school.Timetable.ElectiveSection(grade, seat, choice + turn(n));
        }
    }

    // A change into the class one already sits in is none, and keeps its date.
    private static (int Section, int Since) Latest(int since, IReadOnlyList<int> changes, Func<int, int> sectionAfter)
    {
        var section = sectionAfter(0);
        for (var n = 1; n <= changes.Count; n++)
        {
            var next = sectionAfter(n);
            if (next != section) (section, since) = (next, changes[n - 1]);
        }

        return (section, since);
    }
}
