using K12Hub.District.People;
using K12Hub.District.Schools;

namespace K12Hub.District;

/// <summary>A believable school district on one day, generated while it is read: no list is kept in memory.</summary>
public sealed class GeneratedDistrict
{
    private readonly DistrictShape shape;

    private GeneratedDistrict(DistrictShape shape) => this.shape = shape;

    /// <summary>What was asked for.</summary>
    public DistrictPlan Plan => shape.Plan;

    /// <summary>The district and its schools.</summary>
    public IEnumerable<Org> Orgs => Parts().SelectMany(part => part.Orgs());

    /// <summary>The school year and its parts.</summary>
    public IEnumerable<Session> Sessions => Parts().SelectMany(part => part.Sessions());

    /// <summary>Courses of the district.</summary>
    public IEnumerable<Course> Courses => Parts().SelectMany(part => part.Courses());

    /// <summary>Classes of all schools.</summary>
    public IEnumerable<SchoolClass> Classes => Parts().SelectMany(part => part.Classes(Plan.Day));

    /// <summary>Staff, students and guardians.</summary>
    public IEnumerable<Person> People => Parts().SelectMany(part => part.People(Plan.Day));

    /// <summary>Who teaches and who sits in which class.</summary>
    public IEnumerable<Enrollment> Enrollments => Parts().SelectMany(part => part.Enrollments(Plan.Day));

    /// <summary>Demographics of students.</summary>
    public IEnumerable<Demographics> Demographics => Parts().SelectMany(part => part.Demographics(Plan.Day));

    /// <summary>Days and terms.</summary>
    internal SchoolCalendar Calendar => shape.Calendar;

    /// <summary>Plans the district; reading it does the work.</summary>
    /// <exception cref="ArgumentException">The plan asks for a size or a day that is not offered.</exception>
    public static GeneratedDistrict From(DistrictPlan plan) => new(new DistrictShape(plan));

    /// <summary>All parts that exist on the plan's day or existed before.</summary>
    internal IEnumerable<DistrictPart> Parts()
    {
        yield return new CentralOffice(shape);
        foreach (var school in shape.Schools) yield return school;
        foreach (var household in Neighbourhood.FirstDay(shape)) yield return household;
        foreach (var household in Neighbourhood.Arrivals(shape, Plan.Day)) yield return household;
    }
}
