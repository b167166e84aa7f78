using K12Hub.Contracts;

namespace K12Hub.Roster;

/// <summary>A column that names other records, and what it means when one of them is unknown.</summary>
/// <param name="Kind">The kind that has the column.</param>
/// <param name="Id">Staged column with the computed id, or ids.</param>
/// <param name="Value">Staged column with the reference as the source wrote it.</param>
/// <param name="Target">The kind it points to.</param>
/// <param name="Column">OneRoster's name of the column.</param>
/// <param name="Need">Whether a row makes sense without.</param>
internal sealed record ReferenceRule(
    RosterKind Kind, string Id, string Value, RosterKind Target, string Column, ReferenceNeed Need)
{
    /// <summary>Stable code of the rule.</summary>
    public const string Code = "reference.unknown";

    /// <summary>Every reference of a roster. Kinds stand in an order in which a rejected row takes the rows that
    /// point to it along: no class without its school, no enrollment without its class.</summary>
    public static readonly IReadOnlyList<ReferenceRule> All =
    [
        new(RosterKinds.Orgs, "parent_id", "parent_sourced_id",
            RosterKinds.Orgs, "parentSourcedId", ReferenceNeed.Optional),
        new(RosterKinds.AcademicSessions, "parent_id", "parent_sourced_id",
            RosterKinds.AcademicSessions, "parentSourcedId", ReferenceNeed.Optional),
        new(RosterKinds.Courses, "school_year_id", "school_year_sourced_id",
            RosterKinds.AcademicSessions, "schoolYearSourcedId", ReferenceNeed.Optional),
        new(RosterKinds.Courses, "organization_id", "org_sourced_id",
            RosterKinds.Orgs, "orgSourcedId", ReferenceNeed.Optional),
        new(RosterKinds.Users, "primary_organization_id", "primary_org_sourced_id",
            RosterKinds.Orgs, "primaryOrgSourcedId", ReferenceNeed.Optional),
        new(RosterKinds.Users, "agent_ids", "agent_sourced_ids",
            RosterKinds.Users, "agentSourcedIds", ReferenceNeed.OptionalList),
        new(RosterKinds.Roles, "person_id", "user_sourced_id",
            RosterKinds.Users, "userSourcedId", ReferenceNeed.Required),
        new(RosterKinds.Roles, "organization_id", "org_sourced_id",
            RosterKinds.Orgs, "orgSourcedId", ReferenceNeed.Required),
        new(RosterKinds.Classes, "school_id", "school_sourced_id",
            RosterKinds.Orgs, "schoolSourcedId", ReferenceNeed.Required),
        new(RosterKinds.Classes, "course_id", "course_sourced_id",
            RosterKinds.Courses, "courseSourcedId", ReferenceNeed.Optional),
        new(RosterKinds.Classes, "term_ids", "term_sourced_ids",
            RosterKinds.AcademicSessions, "termSourcedIds", ReferenceNeed.OptionalList),
        new(RosterKinds.Enrollments, "class_id", "class_sourced_id",
            RosterKinds.Classes, "classSourcedId", ReferenceNeed.Required),
        new(RosterKinds.Enrollments, "person_id", "user_sourced_id",
            RosterKinds.Users, "userSourcedId", ReferenceNeed.Required),
        new(RosterKinds.Enrollments, "school_id", "school_sourced_id",
            RosterKinds.Orgs, "schoolSourcedId", ReferenceNeed.Optional),
        new(RosterKinds.Demographics, "person_id", "sourced_id",
            RosterKinds.Users, "sourcedId", ReferenceNeed.Required),
        new(RosterKinds.Supplements, "person_id", "sourced_id",
            RosterKinds.Users, "sourcedId", ReferenceNeed.Optional) { EvenEnded = true },
        new(RosterKinds.Guardianships, "student_id", "sourced_id",
            RosterKinds.Users, "sourcedId", ReferenceNeed.Optional) { EvenEnded = true },
        new(RosterKinds.Guardianships, "guardian_id", "guardian_sourced_id",
            RosterKinds.Users, "guardianSourcedId", ReferenceNeed.Optional) { EvenEnded = true },
    ];

    /// <summary>Whether it may point to what has ended: why a student left is said when she has.</summary>
    public bool EvenEnded { get; init; }

    /// <summary>The finding for a row that points to nothing.</summary>
    public RosterFinding Finding(string file, int line, string? value) => new(
        Need is ReferenceNeed.Required ? FindingEffect.RowRejected : FindingEffect.Warning,
        Code,
        $"{Column} '{value}' is neither in {Target.Collection} of this package nor known from an earlier one; "
            + (Need is ReferenceNeed.Required ? "the row was left out."
                : EvenEnded ? "the row was kept for when it comes."
                : "the row was kept without it."),
        file, line, Column, value);
}

/// <summary>Whether a row makes sense when what it points to is unknown.</summary>
internal enum ReferenceNeed
{
    /// <summary>No: the row is left out.</summary>
    Required,

    /// <summary>Yes: it is kept, and resolves by itself when the other record arrives.</summary>
    Optional,

    /// <summary>As <see cref="Optional"/>, and there may be several.</summary>
    OptionalList,
}
