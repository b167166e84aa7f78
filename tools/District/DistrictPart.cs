namespace K12Hub.District;

/// <summary>The central office, a school or a household: a piece of the district whose records depend on no other
/// piece, so that it can be written, and compared from day to day, on its own.</summary>
internal abstract class DistrictPart
{
    public virtual IEnumerable<Org> Orgs() => [];

    public virtual IEnumerable<Session> Sessions() => [];

    public virtual IEnumerable<Course> Courses() => [];

    public virtual IEnumerable<SchoolClass> Classes(int day) => [];

    public virtual IEnumerable<Person> People(int day) => [];

    public virtual IEnumerable<Enrollment> Enrollments(int day) => [];

    public virtual IEnumerable<Demographics> Demographics(int day) => [];
}
