using K12Hub.GraphQL;

[assembly: Module("SchoolTypes")]

namespace K12Hub.GraphQL.Tests.Conventions;

/// <summary>A school.</summary>
public sealed record SchoolRow
{
    /// <summary>Never changes.</summary>
    [Filterable]
    public Guid Id { get; init; }

    /// <summary>The name over the door.</summary>
    [Filterable, Sortable]
    public required string Name { get; init; }

    [GraphQLIgnore]
    public int Budget { get; init; }
}

/// <summary>How a child gets to school.</summary>
public enum WayToSchool
{
    /// <summary>On foot.</summary>
    Walking,

    SchoolBus,
}

/// <summary>A child at school.</summary>
public sealed record StudentRow
{
    [Filterable]
    public Guid Id { get; init; }

    /// <summary>The name <c>used</c> in class.</summary>
    [Filterable, Sortable]
    public required string FamilyName { get; init; }

    public string? Nickname { get; init; }

    [Filterable, Sortable]
    public int Grade { get; init; }

    [Filterable]
    public WayToSchool? Way { get; init; }

    [Filterable, Sortable]
    public DateOnly? BornOn { get; init; }

    [Filterable, ID<SchoolRow>]
    public Guid SchoolId { get; init; }

    public string[] Languages { get; init; } = [];

    public string Label => $"{FamilyName}, {Grade}";
}

/// <summary>A child's part in a class.</summary>
public sealed record EnrollmentRow(Guid Id, Guid StudentId, string Course);

/// <summary>What the resolvers read, and a note of every query.</summary>
public sealed class SchoolBook
{
    public List<string> Queries { get; } = [];

    public List<StudentRow> Students { get; } =
    [
        Student(1, "Ortiz", 3, 1, WayToSchool.Walking, "Ana"),
        Student(2, "Ortiz", 1, 1, WayToSchool.SchoolBus, "Leo"),
        Student(3, "Okafor", 2, 2, null, null),
        Student(4, "Reyes", 3, 2, WayToSchool.SchoolBus, null),
    ];

    public List<SchoolRow> Schools { get; } =
    [
        new() { Id = Key(101), Name = "Lincoln Elementary" },
        new() { Id = Key(102), Name = "Oak Hill" },
    ];

    public List<EnrollmentRow> Enrollments { get; } =
    [
        new(Key(201), Key(1), "Art"), new(Key(202), Key(1), "Music"), new(Key(203), Key(1), "Reading"),
        new(Key(204), Key(2), "Art"), new(Key(205), Key(4), "Reading"),
    ];

    public static Guid Key(int number) => new(number, 0, 0, new byte[8]);

    /// <summary>Rows as a query; what is asked of them is noted.</summary>
    public IQueryable<T> Ask<T>(List<T> rows, string note)
    {
        lock (Queries)
        {
            Queries.Add(note);
        }

        return rows.AsQueryable();
    }

    private static StudentRow Student(int number, string name, int grade, int school, WayToSchool? way, string? nick) =>
        new()
        {
            Id = Key(number),
            FamilyName = name,
            Nickname = nick,
            Grade = grade,
            Way = way,
            BornOn = way is null ? null : new DateOnly(2015, 1, number),
            SchoolId = Key(100 + school),
            Languages = nick is null ? [] : ["en", "es"],
        };
}
