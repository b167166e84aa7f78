namespace K12Hub.Contracts;

/// <summary>A course of study, taught in classes.</summary>
public sealed record CourseRecord : RosterRecord
{
    /// <summary>Display name.</summary>
    public required string Title { get; init; }

    /// <summary>The district's course number; null when not sent.</summary>
    public string? CourseCode { get; init; }

    /// <summary>The school year session; null when not sent.</summary>
    public string? SchoolYearSourcedId { get; init; }

    /// <summary>Grades as sent; empty when not sent.</summary>
    public IReadOnlyList<string> Grades { get; init; } = [];

    /// <summary>The organization that offers it; null when not sent.</summary>
    public string? OrgSourcedId { get; init; }

    /// <summary>Subject names; empty when not sent.</summary>
    public IReadOnlyList<string> Subjects { get; init; } = [];

    /// <summary>SCED codes; empty when not sent.</summary>
    public IReadOnlyList<string> SubjectCodes { get; init; } = [];
}

/// <summary>A course taught to a group in a school during one or more terms (a section).</summary>
public sealed record ClassRecord : RosterRecord
{
    /// <summary>Display name.</summary>
    public required string Title { get; init; }

    /// <summary>Grades as sent; empty when not sent.</summary>
    public IReadOnlyList<string> Grades { get; init; } = [];

    /// <summary>The course taught; null when the source leaves it out.</summary>
    public string? CourseSourcedId { get; init; }

    /// <summary>The school's section number; null when not sent.</summary>
    public string? ClassCode { get; init; }

    /// <summary>homeroom, scheduled or an <c>ext:</c> value.</summary>
    public required string ClassType { get; init; }

    /// <summary>Room; null when not sent.</summary>
    public string? Location { get; init; }

    /// <summary>The school.</summary>
    public required string SchoolSourcedId { get; init; }

    /// <summary>Terms it is taught in; empty when the source leaves them out.</summary>
    public IReadOnlyList<string> TermSourcedIds { get; init; } = [];

    /// <summary>Subject names; empty when not sent.</summary>
    public IReadOnlyList<string> Subjects { get; init; } = [];

    /// <summary>SCED codes; empty when not sent.</summary>
    public IReadOnlyList<string> SubjectCodes { get; init; } = [];

    /// <summary>Periods of the day; empty when not sent.</summary>
    public IReadOnlyList<string> Periods { get; init; } = [];
}

/// <summary>A person's part in a class.</summary>
public sealed record EnrollmentRecord : RosterRecord
{
    /// <summary>The class.</summary>
    public required string ClassSourcedId { get; init; }

    /// <summary>The school; empty when the source leaves it out (then it is the class's).</summary>
    public required string SchoolSourcedId { get; init; }

    /// <summary>The person.</summary>
    public required string UserSourcedId { get; init; }

    /// <summary>administrator, proctor, student, teacher or what else the source sent.</summary>
    public required string Role { get; init; }

    /// <summary>Whether this is the main teacher; null when not sent.</summary>
    public bool? Primary { get; init; }

    /// <summary>First day; null when not sent.</summary>
    public DateOnly? BeginDate { get; init; }

    /// <summary>The day after the last day; null when open or not sent.</summary>
    public DateOnly? EndDate { get; init; }
}
