using K12Hub.Contracts;
using K12Hub.EventStore;
using static K12Hub.Roster.ProvidedField;

namespace K12Hub.Roster;

/// <summary>Courses, classes and enrollments as they are handed on.</summary>
internal static class ProvidedTeaching
{
    public static readonly ProvidedTable Courses = new(
        RosterKinds.Courses,
        [
            Text("title", "title"), Text("courseCode", "course_code"), Texts("grades"), Texts("subjects"),
            Texts("subjectCodes"), Key("schoolYear.sourcedId", "school_year_id", RosterCollections.AcademicSessions),
            Key("org.sourcedId", "organization_id", RosterCollections.Orgs),
        ],
        "t.title, t.course_code, y.sourced_id, t.grades, o.sourced_id, t.subjects, t.subject_codes",
        """
        left join roster.academic_sessions y on y.tenant_id = t.tenant_id and y.id = t.school_year_id
        left join roster.organizations o on o.tenant_id = t.tenant_id and o.id = t.organization_id
        """,
        (common, row) => new CourseRecord
        {
            SourcedId = common.SourcedId,
            Line = 0,
            Status = common.Status,
            DateLastModified = common.Modified,
            Title = row.Text(),
            CourseCode = row.TextOrNull(),
            SchoolYearSourcedId = row.TextOrNull(),
            Grades = row.Texts(),
            OrgSourcedId = row.TextOrNull(),
            Subjects = row.Texts(),
            SubjectCodes = row.Texts(),
        });

    public static readonly ProvidedTable Classes = new(
        RosterKinds.Classes,
        [
            Text("title", "title"), Text("classCode", "class_code"), Text("classType", "class_type"),
            Text("location", "location"), Texts("grades"), Texts("subjects"), Texts("subjectCodes"), Texts("periods"),
            Key("course.sourcedId", "course_id", RosterCollections.Courses),
            Key("school.sourcedId", "school_id", RosterCollections.Orgs),
            Keys("terms.sourcedId", "t.term_ids", RosterCollections.AcademicSessions),
        ],
        """
        t.title, t.grades, c.sourced_id, t.class_code, t.class_type, t.location, coalesce(o.sourced_id, ''),
        array(select y.sourced_id from unnest(t.term_ids) with ordinality term (id, place)
                join roster.academic_sessions y on y.tenant_id = t.tenant_id and y.id = term.id order by term.place),
        t.subjects, t.subject_codes, t.periods
        """,
        """
        left join roster.courses c on c.tenant_id = t.tenant_id and c.id = t.course_id
        left join roster.organizations o on o.tenant_id = t.tenant_id and o.id = t.school_id
        """,
        (common, row) => new ClassRecord
        {
            SourcedId = common.SourcedId,
            Line = 0,
            Status = common.Status,
            DateLastModified = common.Modified,
            Title = row.Text(),
            Grades = row.Texts(),
            CourseSourcedId = row.TextOrNull(),
            ClassCode = row.TextOrNull(),
            ClassType = row.Text(),
            Location = row.TextOrNull(),
            SchoolSourcedId = row.Text(),
            TermSourcedIds = row.Texts(),
            Subjects = row.Texts(),
            SubjectCodes = row.Texts(),
            Periods = row.Texts(),
        });

    public static readonly ProvidedTable Enrollments = new(
        RosterKinds.Enrollments,
        [
            Text("role", "role", canSort: false), Flag("primary", "is_primary"),
            Date("beginDate", "begin_date", canSort: false), Date("endDate", "end_date", canSort: false),
            Key("user.sourcedId", "person_id", RosterCollections.Users),
            Key("class.sourcedId", "class_id", RosterCollections.Classes),
            Key("school.sourcedId", "school_id", RosterCollections.Orgs),
        ],
        """
        coalesce(c.sourced_id, ''), coalesce(o.sourced_id, ''), coalesce(u.sourced_id, ''), t.role, t.is_primary,
        t.begin_date, t.end_date
        """,
        """
        left join roster.classes c on c.tenant_id = t.tenant_id and c.id = t.class_id
        left join roster.organizations o on o.tenant_id = t.tenant_id and o.id = t.school_id
        left join roster.people u on u.tenant_id = t.tenant_id and u.id = t.person_id
        """,
        (common, row) => new EnrollmentRecord
        {
            SourcedId = common.SourcedId,
            Line = 0,
            Status = common.Status,
            DateLastModified = common.Modified,
            ClassSourcedId = row.Text(),
            SchoolSourcedId = row.Text(),
            UserSourcedId = row.Text(),
            Role = row.Text(),
            Primary = row.FlagOrNull(),
            BeginDate = row.DateOrNull(),
            EndDate = row.DateOrNull(),
        })
    {
        Must = "t.person_id not in (select e.id from roster.people e where e.tenant_id = $1 "
            + $"and e.sourced_id = '{PersonalDataAttribute.Erased}')",
    };
}
