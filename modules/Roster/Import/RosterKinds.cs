using K12Hub.Contracts;

namespace K12Hub.Roster;

/// <summary>The eight kinds of record that a roster sends, and those that it does not.</summary>
internal static class RosterKinds
{
    public static readonly RosterKind<OrgRecord, OrganizationFacts> Orgs =
        new()
        {
            Collection = RosterCollections.Orgs, Noun = "org", View = "roster.organizations",
            SchoolColumn = "id",
        };

    public static readonly RosterKind<AcademicSessionRecord, AcademicSessionFacts> AcademicSessions = new()
    {
        Collection = RosterCollections.AcademicSessions,
        Noun = "academic_session",
        View = "roster.academic_sessions",
    };

    public static readonly RosterKind<CourseRecord, CourseFacts> Courses =
        new()
        {
            Collection = RosterCollections.Courses, Noun = "course", View = "roster.courses",
            SchoolColumn = "organization_id",
        };

    public static readonly RosterKind<ClassRecord, ClassFacts> Classes =
        new()
        {
            Collection = RosterCollections.Classes, Noun = "class", View = "roster.classes",
            SchoolColumn = "school_id",
        };

    public static readonly RosterKind<UserRecord, PersonFacts> Users =
        new()
        {
            Collection = RosterCollections.Users, Noun = "user", View = "roster.people", PersonColumn = "id",
            Person = (id, _) => id, EndedRecords = "ended_people",
        };

    public static readonly RosterKind<RoleRecord, RoleFacts> Roles =
        new()
        {
            Collection = RosterCollections.Roles, Noun = "role", View = "roster.person_roles",
            PersonColumn = "person_id", Person = (_, role) => role.PersonId, SchoolColumn = "organization_id",
        };

    public static readonly RosterKind<EnrollmentRecord, EnrollmentFacts> Enrollments =
        new()
        {
            Collection = RosterCollections.Enrollments, Noun = "enrollment", View = "roster.enrollments",
            SchoolColumn = "school_id",
        };

    public static readonly RosterKind<DemographicsRecord, DemographicsFacts> Demographics =
        new()
        {
            Collection = RosterCollections.Demographics, Noun = "demographics", View = "roster.demographics",
            PersonColumn = "person_id", Person = (_, facts) => facts.PersonId,
        };

    /// <summary>People whom a source no longer sends: found by comparing, sent by nobody.</summary>
    public static readonly RosterKind<MissingUserRecord, MissingUserFacts> MissingUsers =
        new()
        {
            Collection = "missingUsers", Noun = "missing_user", View = "roster.missing_people",
            PersonColumn = "person_id", Person = (_, facts) => facts.PersonId,
        };

    /// <summary>What rosters have no place for, from supplementary files.</summary>
    public static readonly RosterKind<SupplementRecord, SupplementFacts> Supplements =
        new()
        {
            Collection = RosterCollections.Supplements, Noun = "supplement", View = "roster.supplements",
            PersonColumn = "person_id", Person = (_, facts) => facts.PersonId,
        };

    /// <summary>Students and guardians together, from supplementary files; about the student.</summary>
    public static readonly RosterKind<GuardianshipRecord, GuardianshipFacts> Guardianships =
        new()
        {
            Collection = RosterCollections.Guardianships, Noun = "guardianship", View = "roster.guardianships",
            PersonColumn = "student_id", Person = (_, facts) => facts.StudentId,
        };

    /// <summary>All of them, in an order in which a record comes after what it points to. People come after their
    /// roles when rows are written, because a person's row says what the roles make of the person.</summary>
    public static readonly IReadOnlyList<RosterKind> All =
    [
        Orgs, AcademicSessions, Courses, Users, Roles, Classes, Enrollments, Demographics, MissingUsers,
        Supplements, Guardianships,
    ];

    /// <summary>Kinds that no roster sends: told of a run only where they differ.</summary>
    public static readonly IReadOnlyList<RosterKind> Apart = [MissingUsers, Supplements, Guardianships];

    /// <summary>The kind with this collection name.</summary>
    public static RosterKind Of(string collection) => All.Single(kind => kind.Collection == collection);
}
