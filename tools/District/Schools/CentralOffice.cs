namespace K12Hub.District.Schools;

/// <summary>The district itself: its name, its year, its courses, and the people who run it.</summary>
internal sealed class CentralOffice(DistrictShape shape) : DistrictPart
{
    public const string OrgId = "DISTRICT";

    // One director, and one more for every so many students, after the named posts.
    private const int StudentsPerDirector = 4000;

    public override IEnumerable<Org> Orgs() =>
        [new(OrgId, "Cedar Valley School District", "district", "9900001", null)];

    public override IEnumerable<Session> Sessions() => shape.Calendar.Sessions();

    public override IEnumerable<Course> Courses() => Catalogue.All();

    public override IEnumerable<Person> People(int day) => Posts().Select(post => post.HolderOn(day).Person(shape));

    // A director of athletics is being looked for.
    private static readonly (string Code, string Title, string Role)[] Offices =
    [
        ("TRAN", "Director of Transportation", "districtAdministrator"), ("DISP", "Bus Dispatcher", "aide"),
        ("FOOD", "Director of Food Services", "districtAdministrator"), ("LUNCH", "Lunch Accounts Clerk", "aide"),
        ("SPED", "Director of Special Education", "districtAdministrator"),
        ("FAC", "Director of Facilities", "districtAdministrator"),
        ("STUD", "Director of Student Services", "districtAdministrator"), ("ENR", "Enrollment Specialist", "aide"),
        ("HELP", "Technology Help Desk Technician", "aide"), ("HEAL", "Health Services Coordinator", "aide"),
        ("SAFE", "Safety Coordinator", "aide"), ("LANG", "Language Access Coordinator", "aide"),
        ("HR", "Director of Human Resources", "districtAdministrator"), ("PAY", "Payroll Specialist", "aide"),
        ("BUY", "Purchasing Agent", "aide"), ("COMM", "Director of Communications", "districtAdministrator"),
        ("RECP", "District Receptionist", "aide"),
    ];

    private IEnumerable<Post> Posts()
    {
        yield return PostOf("SUPT", "Superintendent");
        yield return PostOf("CAO", "Chief Academic Officer");
        yield return PostOf("REG", "District Registrar");
        yield return PostOf("TECH", "Director of Technology",
            new PersonRole(OrgId, "systemAdministrator", Primary: false));
        foreach (var (code, title, role) in Offices) yield return PostOf(code, title, role);
        for (var n = 1; n <= 1 + (shape.Plan.Students / StudentsPerDirector); n++)
            yield return PostOf($"DIR-{n:000}", "Director of Schools");
    }

    private Post PostOf(string code, string title, params PersonRole[] more) =>
        new(shape.Seed.For("office"), "D-" + code, code, title, [new(OrgId, "districtAdministrator"), .. more]);

    private Post PostOf(string code, string title, string role) =>
        new(shape.Seed.For("office"), "D-" + code, code, title, new PersonRole(OrgId, role));
}
