using K12Hub.GraphQL.Data;

namespace K12Hub.GraphQL.Conformance.Sample;

/// <summary>A child at school.</summary>
internal sealed record StudentRow
{
    /// <summary>Never changes.</summary>
    [Filterable]
    public Guid Id { get; init; }

    /// <summary>The name used in class.</summary>
    public string GivenName { get; init; } = "";

    /// <summary>The name on the certificate.</summary>
    [Filterable, Sortable]
    public string FamilyName { get; init; } = "";

    /// <summary>How the child gets to school; null when nobody asked.</summary>
    [Filterable]
    public WayToSchool? Way { get; init; }

    /// <summary>Where the child is enrolled.</summary>
    [ID<SchoolRow>]
    public Guid SchoolId { get; init; }
}

/// <summary>How a child gets to school.</summary>
internal enum WayToSchool
{
    /// <summary>On foot.</summary>
    Walking,

    /// <summary>On one of the district's buses.</summary>
    SchoolBus,
}

[ObjectType<StudentRow>, AllowAnonymous]
internal static partial class StudentNode
{
    [NodeResolver]
    public static Task<StudentRow?> GetStudentAsync(Guid id, IStudentByIdDataLoader byId, CancellationToken ct) =>
        byId.LoadAsync(id, ct);

    /// <summary>Where the child is enrolled.</summary>
    [BindMember(nameof(StudentRow.SchoolId))]
    public static Task<SchoolRow?> GetSchoolAsync(
        [Parent(nameof(StudentRow.SchoolId))] StudentRow student, ISchoolByIdDataLoader byId, CancellationToken ct) =>
        byId.LoadAsync(student.SchoolId, ct);

    /// <summary>What the nurse knows; nobody in this sample may read it.</summary>
    [Authorize(Policy = "nurse")]
    public static string? GetHealthNote([Parent(nameof(StudentRow.Id))] StudentRow student) => $"Note {student.Id}";
}

[QueryType]
internal static partial class StudentQueries
{
    /// <summary>Children at school, by family name.</summary>
    [UseConnection, UseFiltering, UseSorting, AllowAnonymous]
    public static Task<Page<StudentRow>> GetStudentsAsync(
        PagingArguments paging, QueryContext<StudentRow> query, District district, CancellationToken ct) =>
        district.Students.With(query, sort => sort.IfEmpty(o => o.AddAscending(s => s.FamilyName)))
            .ToPageAsync(paging, ct);
}

internal static class StudentLoaders
{
    [DataLoader]
    public static Task<Dictionary<Guid, StudentRow>> GetStudentByIdAsync(
        IReadOnlyList<Guid> ids, District district, CancellationToken ct) =>
        Task.FromResult(district.Students.Where(s => ids.Contains(s.Id)).ToDictionary(s => s.Id));
}
