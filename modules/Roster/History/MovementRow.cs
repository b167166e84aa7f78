using K12Hub.EventStore;
using K12Hub.GraphQL;

namespace K12Hub.Roster;

/// <summary>A student came, went, or changed schools.</summary>
internal sealed record MovementRow
{
    /// <summary>Made from student, run and revision.</summary>
    public Guid Id { get; init; }

    /// <summary>The student.</summary>
    [Filterable, ID<StudentRow>, AlwaysLoaded]
    public Guid PersonId { get; init; }

    /// <summary>entry, return, transfer, promotion, exit, noShow or graduation.</summary>
    [Filterable]
    public string Kind { get; init; } = "";

    /// <summary>The first day of the new state: at the new school, or no longer here. As the source says where it does;
    /// else the day on which it was found, in UTC.</summary>
    [Filterable, Sortable]
    public DateOnly MovedOn { get; init; }

    /// <summary>The school that was left.</summary>
    [Filterable, ID<SchoolRow>]
    public Guid? FromSchoolId { get; init; }

    /// <summary>The school that was entered.</summary>
    [Filterable, ID<SchoolRow>]
    public Guid? ToSchoolId { get; init; }

    /// <summary>The student's grade then.</summary>
    [PersonalData(Subject = nameof(PersonId))]
    public string? Grade { get; init; }

    /// <summary>Why the student went, in the district's own words or codes; null while no supplementary file says
    /// so.</summary>
    [PersonalData(Subject = nameof(PersonId))]
    public string? Reason { get; init; }

    /// <summary>Where the student went, if a supplementary file says so.</summary>
    [PersonalData(Subject = nameof(PersonId))]
    public string? Destination { get; init; }

    /// <summary>Whether the student was there already when the first roster of the source was read: then it is no
    /// movement of that day.</summary>
    public bool IsBaseline { get; init; }

    /// <summary>The run that found it.</summary>
    [GraphQLIgnore]
    public Guid RunId { get; init; }

    /// <summary>When it was found.</summary>
    public DateTimeOffset KnownAt { get; init; }

    /// <summary>1, and more where a later run has put it right.</summary>
    public int Revision { get; init; }

    /// <summary>False for what was put right later, or was taken back.</summary>
    public bool IsCurrent { get; init; }

    /// <summary>When it was put right; null while it is right.</summary>
    public DateTimeOffset? CorrectedAt { get; init; }

    /// <summary>The run that put it right; the run itself where that was taken back.</summary>
    [GraphQLIgnore]
    public Guid? CorrectedByRunId { get; init; }
}
