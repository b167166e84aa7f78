namespace K12Hub.District.Schools;

/// <summary>The district itself: its name, its year, its courses, and the people who run it.</summary>
internal sealed class CentralOffice(DistrictShape shape) : DistrictPart
{
    public const string OrgId = "DISTRICT";

    // One more director for every so many students, after the named posts.
    private const int StudentsPerDirector = 4000;

    public override IEnumerable<Org> Orgs() =>
        [new(OrgId, "Cedar Valley School District", "district", "9900001", null)];

    public override IEnumerable<Session> Sessions() => shape.Calendar.Sessions();

    public override IEnumerable<Course> Courses() => Catalogue.All();

    public override IEnumerable<Person> People(int day) => Posts().Select(post => post.HolderOn(day).Person(shape));

    private IEnumerable<Post> Posts()
    {
        yield return PostOf("SUPT", "Superintendent");
        yield return PostOf("CAO", "Chief Academic Officer");
        yield return PostOf("REG", "District Registrar");
        yield return PostOf("TECH", "Director of Technology",
            new PersonRole(OrgId, "systemAdministrator", Primary: false));
        for (var n = 1; n <= shape.Plan.Students / StudentsPerDirector; n++)
            yield return PostOf($"DIR-{n:000}", "Director of Schools");
    }

    private Post PostOf(string code, string title, params PersonRole[] more) =>
        new(shape.Seed.For("office"), "D-" + code, code, title, [new(OrgId, "districtAdministrator"), .. more]);
}
