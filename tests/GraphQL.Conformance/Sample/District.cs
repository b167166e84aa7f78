namespace K12Hub.GraphQL.Conformance.Sample;

/// <summary>A district in memory, the same at every start: 2 schools and 250 students.</summary>
internal sealed class District
{
    private const int HowManyStudents = 250;
    private static readonly string[] GivenNames = ["Ana", "Ben", "Chloé", "Dmitri", "Elif"];
    private readonly SchoolRow[] schools = [School(1, "Lincoln Elementary"), School(2, "Riverside Middle")];
    private readonly StudentRow[] students = [.. Enumerable.Range(1, HowManyStudents).Select(Student)];

    public IQueryable<SchoolRow> Schools
    {
        get
        {
            lock (schools) return schools.ToArray().AsQueryable();
        }
    }

    public IQueryable<StudentRow> Students => students.AsQueryable();

    /// <summary>The renamed school; null when there is none of this id.</summary>
    public SchoolRow? Rename(Guid id, string name)
    {
        lock (schools)
        {
            var at = Array.FindIndex(schools, school => school.Id == id);
            return at < 0 ? null : schools[at] = schools[at] with { Name = name };
        }
    }

    private static SchoolRow School(int number, string name) => new() { Id = Id(1, number), Name = name };

    private static StudentRow Student(int number) => new()
    {
        Id = Id(2, number),
        GivenName = GivenNames[number % GivenNames.Length],
        FamilyName = $"Ortiz {number:000}",
        Way = (number % 3) switch { 0 => WayToSchool.Walking, 1 => WayToSchool.SchoolBus, _ => null },
        SchoolId = Id(1, 1 + (number % 2)),
    };

    private static Guid Id(int kind, int number) => new(kind, 0, 0, BitConverter.GetBytes((long)number));
}
