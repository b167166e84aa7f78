namespace K12Hub.Contracts;

/// <summary>How a source sends one collection.</summary>
public enum CollectionMode
{
    /// <summary>Not sent: says nothing about what is known.</summary>
    Absent,

    /// <summary>The complete current set: what is missing has ended.</summary>
    Bulk,

    /// <summary>Changes since the last package.</summary>
    Delta,
}

/// <summary>The collections a roster has, by OneRoster's names.</summary>
public static class RosterCollections
{
    /// <summary>Organizations.</summary>
    public const string Orgs = "orgs";

    /// <summary>Academic sessions.</summary>
    public const string AcademicSessions = "academicSessions";

    /// <summary>Courses.</summary>
    public const string Courses = "courses";

    /// <summary>Classes.</summary>
    public const string Classes = "classes";

    /// <summary>People.</summary>
    public const string Users = "users";

    /// <summary>What people are at organizations.</summary>
    public const string Roles = "roles";

    /// <summary>People's parts in classes.</summary>
    public const string Enrollments = "enrollments";

    /// <summary>Demographics of students.</summary>
    public const string Demographics = "demographics";

    /// <summary>What OneRoster has no place for: sent by supplementary files, never by a roster.</summary>
    public const string Supplements = "supplements";

    /// <summary>What is known of a student and a guardian together; as <see cref="Supplements"/>.</summary>
    public const string Guardianships = "guardianships";

    /// <summary>All of a roster, in an order in which references point backwards.</summary>
    public static IReadOnlyList<string> All { get; } =
        [Orgs, AcademicSessions, Courses, Users, Roles, Classes, Enrollments, Demographics];
}

/// <summary>A complete package of roster data that is ready to be read once, collection by collection.</summary>
/// <remarks>Each stream may be read once. A stream that meets something that spoils the whole package ends early and
/// sets <see cref="Rejection"/>: look at it after every stream, before anything is applied.</remarks>
public interface IRosterSource : IAsyncDisposable
{
    /// <summary>Format and version, for example <c>OneRoster CSV 1.2</c>.</summary>
    string Format { get; }

    /// <summary>Where it comes from, for the run's record: a file or folder name without its path, or a base
    /// address.</summary>
    string Origin { get; }

    /// <summary>How each collection is sent. Every name of <see cref="RosterCollections.All"/> is present; roles are
    /// absent where users carry them (1.1). A source that is read over a network may find out while a collection is
    /// read: what it says is final when the stream of that collection has ended.</summary>
    IReadOnlyDictionary<string, CollectionMode> Modes { get; }

    /// <summary>Bytes read so far and bytes to read in all; the total is null when it cannot be known.</summary>
    (long Read, long? Total) Progress { get; }

    /// <summary>Why the whole package is refused; null while it is good.</summary>
    RosterFinding? Rejection { get; }

    /// <summary>What findings call the file or endpoint of a collection: <c>users.csv</c>.</summary>
    string NameOf(string collection) => collection + ".csv";

    /// <summary>Rows of a collection that were read from its file, and of those the ones left out with a
    /// finding.</summary>
    (long Read, long Rejected) RowsOf(string collection);

    /// <summary>Organizations.</summary>
    IAsyncEnumerable<OrgRecord> Orgs(CancellationToken ct);

    /// <summary>Academic sessions.</summary>
    IAsyncEnumerable<AcademicSessionRecord> AcademicSessions(CancellationToken ct);

    /// <summary>Courses.</summary>
    IAsyncEnumerable<CourseRecord> Courses(CancellationToken ct);

    /// <summary>Classes.</summary>
    IAsyncEnumerable<ClassRecord> Classes(CancellationToken ct);

    /// <summary>People, with roles where the source sends them within.</summary>
    IAsyncEnumerable<UserRecord> Users(CancellationToken ct);

    /// <summary>Roles where they have a collection of their own; else empty.</summary>
    IAsyncEnumerable<RoleRecord> Roles(CancellationToken ct);

    /// <summary>Enrollments.</summary>
    IAsyncEnumerable<EnrollmentRecord> Enrollments(CancellationToken ct);

    /// <summary>Demographics.</summary>
    IAsyncEnumerable<DemographicsRecord> Demographics(CancellationToken ct);

    /// <summary>What OneRoster has no place for; of a roster, nothing.</summary>
    IAsyncEnumerable<SupplementRecord> Supplements(CancellationToken ct) =>
        AsyncEnumerable.Empty<SupplementRecord>();

    /// <summary>Students and guardians together; of a roster, nothing.</summary>
    IAsyncEnumerable<GuardianshipRecord> Guardianships(CancellationToken ct) =>
        AsyncEnumerable.Empty<GuardianshipRecord>();
}
