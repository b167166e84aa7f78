using K12Hub.GraphQL.Conventions;
using K12Hub.GraphQL.Data;

namespace K12Hub.GraphQL.Tests.Conventions;

[QueryType]
internal static partial class SchoolQueries
{
    /// <summary>Students by name.</summary>
    [UseConnection(MaxPageSize = 3, DefaultPageSize = 2), UseFiltering, UseSorting, AllowAnonymous]
    public static Task<Page<StudentRow>> GetStudentsAsync(
        [GraphQLDescription("Of one grade.")] int? onlyGrade,
        PagingArguments paging,
        QueryContext<StudentRow> query,
        SchoolBook book,
        CancellationToken cancellationToken) =>
        book.Ask(book.Students, $"students {query.Selector?.Body}")
            .Where(student => onlyGrade == null || student.Grade == onlyGrade)
            .With(query, sort => sort.IfEmpty(order => order.AddAscending(s => s.FamilyName)))
            .ToPageAsync(paging, cancellationToken);

    public static Task<SchoolRow?> GetSchoolAsync(
        [ID<SchoolRow>] Guid id, ISchoolByIdDataLoader schools, CancellationToken cancellationToken) =>
        schools.LoadAsync(id, cancellationToken);

    [AllowAnonymous]
    public static string Echo(
        WayToSchool way,
        IReadOnlyList<int> numbers,
        [ID<StudentRow>] Guid[]? students,
        ClubInput? club,
        string greeting = "Hi") =>
        $"{greeting} {way} {string.Join('+', numbers)} {students?.Length} {club}";

    [Authorize(Policy = "staff"), Cost(5), ListSize(SlicingArguments = ["most"], RequireOneSlicingArgument = false)]
    public static IReadOnlyList<SchoolRow> Schools([Cost(2)] int? most, SchoolBook book) =>
        [.. book.Schools.Take(most ?? 100)];
}

/// <summary>A club to be.</summary>
public sealed record ClubInput
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    public DateOnly? Starts { get; init; }
}

[ObjectType<StudentRow>, AllowAnonymous]
internal static partial class StudentNode
{
    [NodeResolver]
    public static Task<StudentRow?> GetStudentAsync(
        Guid id, IStudentByIdDataLoader students, CancellationToken cancellationToken) =>
        students.LoadAsync(id, cancellationToken);

    /// <summary>Where the student learns.</summary>
    [BindMember(nameof(StudentRow.SchoolId))]
    public static Task<SchoolRow?> GetSchoolAsync(
        [Parent(nameof(StudentRow.SchoolId))] StudentRow student,
        QueryContext<SchoolRow> query,
        ISchoolByIdDataLoader schools,
        CancellationToken cancellationToken) =>
        schools.With(query).LoadAsync(student.SchoolId, cancellationToken);

    [UseConnection]
    public static Task<Page<EnrollmentRow>?> GetEnrollmentsAsync(
        [Parent(nameof(StudentRow.Id))] StudentRow student,
        PagingArguments paging,
        QueryContext<EnrollmentRow> query,
        IEnrollmentsByStudentIdDataLoader enrollments,
        CancellationToken cancellationToken) =>
        enrollments.With(paging, query).LoadAsync(student.Id, cancellationToken);

    public static string Greeting([Parent(nameof(StudentRow.Nickname))] StudentRow student) =>
        $"Hello {student.Nickname ?? "you"}";
}

[ObjectType<SchoolRow>, Authorize(Policy = "schools")]
internal static partial class SchoolNode
{
    [NodeResolver]
    public static Task<SchoolRow?> GetSchoolAsync(
        Guid id, ISchoolByIdDataLoader schools, CancellationToken cancellationToken) =>
        schools.LoadAsync(id, cancellationToken);

    /// <summary>Who learns here, by number.</summary>
    [ListSize(AssumedSize = 30)]
    public static async Task<IReadOnlyList<StudentRow>> GetStudentsAsync(
        [Parent(nameof(SchoolRow.Id))] SchoolRow school,
        IStudentsBySchoolIdDataLoader students,
        CancellationToken cancellationToken) =>
        await students.LoadAsync(school.Id, cancellationToken) ?? [];
}

[ObjectType<EnrollmentRow>, Cost(0.5)]
internal static partial class EnrollmentNode;

[MutationType]
internal static partial class SchoolMutations
{
    /// <summary>Gives a school another name.</summary>
    [AllowAnonymous]
    public static Task<MutationResult<SchoolRow>> RenameSchoolAsync(
        [ID<SchoolRow>] Guid schoolId, string name, SchoolBook book)
    {
        var school = book.Schools.Find(s => s.Id == schoolId);
        MutationResult<SchoolRow> result = school is null
            ? new MutationError("school.unknown", "There is no such school.") { Path = ["schoolId"] }
            : school with { Name = name };
        return Task.FromResult(result);
    }
}

internal static class SchoolLoaders
{
    [DataLoader]
    public static Task<Dictionary<Guid, StudentRow>> GetStudentByIdAsync(
        IReadOnlyList<Guid> ids, SchoolBook book, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var found = book.Ask(book.Students, $"students by id {ids.Count}").Where(s => ids.Contains(s.Id));
        return Task.FromResult(found.ToDictionary(s => s.Id));
    }

    [DataLoader]
    public static Task<Dictionary<Guid, SchoolRow>> GetSchoolByIdAsync(
        IReadOnlyList<Guid> ids, QueryContext<SchoolRow> query, SchoolBook book, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        query = query.Include(s => s.Id);
        var found = book.Ask(book.Schools, $"schools by id {ids.Count} {query.Selector?.Body}")
            .Where(s => ids.Contains(s.Id)).With(query);
        return Task.FromResult(found.ToDictionary(s => s.Id));
    }

    [DataLoader]
    public static Task<ILookup<Guid, StudentRow>> GetStudentsBySchoolIdAsync(
        IReadOnlyList<Guid> ids, SchoolBook book, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var found = book.Ask(book.Students, $"students by school {ids.Count}").Where(s => ids.Contains(s.SchoolId));
        return Task.FromResult(found.ToLookup(s => s.SchoolId));
    }

    [DataLoader]
    public static async Task<Dictionary<Guid, Page<EnrollmentRow>>> GetEnrollmentsByStudentIdAsync(
        IReadOnlyList<Guid> ids,
        PagingArguments paging,
        QueryContext<EnrollmentRow> query,
        SchoolBook book,
        CancellationToken cancellationToken) =>
        await book.Ask(book.Enrollments, $"enrollments {ids.Count}")
            .Where(e => ids.Contains(e.StudentId))
            .With(query, sort => sort.AddAscending(e => e.Course))
            .ToBatchPageAsync(e => e.StudentId, paging, cancellationToken);
}
