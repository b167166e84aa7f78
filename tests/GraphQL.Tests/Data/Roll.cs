using K12Hub.GraphQL.Data;

namespace K12Hub.GraphQL.Tests.Data;

/// <summary>A school's roll with ties and missing values, small enough to see at once.</summary>
internal static class Roll
{
    public static readonly IQueryable<Pupil> Pupils = new List<Pupil>
    {
        Pupil(1, "Ortiz", "Ana", 3),
        Pupil(2, "Reyes", null, 5),
        Pupil(3, "Okafor", "Ben", 3),
        Pupil(4, "Ortiz", null, 1),
        Pupil(5, "Lindqvist", "Cem", 2),
        Pupil(6, "Ortiz", "Ana", 2),
        Pupil(7, "Abara", "Dee", 5),
    }.AsQueryable();

    public static SortDefinition<Pupil> ByName(SortDefinition<Pupil> sort) => sort.AddAscending(p => p.FamilyName);

    public static IEnumerable<int> Numbers(IEnumerable<Pupil> pupils) => pupils.Select(pupil => pupil.Number);

    private static Pupil Pupil(int number, string familyName, string? nickname, int grade) => new()
    {
        Id = new Guid(number, 0, 0, new byte[8]),
        Number = number,
        FamilyName = familyName,
        Nickname = nickname,
        Grade = grade,
        SchoolId = number % 2 == 0 ? null : new Guid(grade, 1, 0, new byte[8]),
        BornOn = new DateOnly(2015, 1, number),
    };
}

/// <summary>A row with settable properties.</summary>
public sealed record Pupil
{
    public Guid Id { get; init; }

    public int Number { get; init; }

    public required string FamilyName { get; init; }

    public string? Nickname { get; init; }

    public int Grade { get; init; }

    public Guid? SchoolId { get; init; }

    public DateOnly BornOn { get; init; }
}

/// <summary>A positional row.</summary>
public sealed record Club(Guid Id, string Name, int? Seats);
