using K12Hub.Contracts;

namespace K12Hub.Roster;

/// <summary>Which rows the lists hold. Lists of people at a school or in a class hold who is there now.</summary>
internal static class ProvidedLists
{
    /// <summary>The table a list is a part of.</summary>
    public static ProvidedTable TableOf(RosterList list) => list switch
    {
        RosterList.Orgs or RosterList.Schools => ProvidedPlaces.Orgs,
        RosterList.AcademicSessions or RosterList.Terms or RosterList.GradingPeriods =>
            ProvidedPlaces.AcademicSessions,
        RosterList.Courses => ProvidedTeaching.Courses,
        RosterList.Classes => ProvidedTeaching.Classes,
        RosterList.Users or RosterList.Students or RosterList.Teachers => ProvidedPeople.Users,
        RosterList.Enrollments => ProvidedTeaching.Enrollments,
        _ => ProvidedPeople.Demographics,
    };

    /// <summary>Which rows of its table a list holds; null for all.</summary>
    public static string? Part(RosterList list) => list switch
    {
        RosterList.Schools => "t.type = 'school'",
        RosterList.Terms => "t.type = 'term'",
        RosterList.GradingPeriods => "t.type = 'gradingPeriod'",
        RosterList.Students => "t.is_student",
        RosterList.Teachers =>
            """
            exists (select from roster.person_roles g where g.tenant_id = t.tenant_id and g.person_id = t.id
                       and g.role = 'teacher' and (g.ended_at is null or t.ended_at is not null))
            """,
        _ => null,
    };

    /// <summary>Which rows of a list belong to a record.</summary>
    /// <param name="list">The list.</param>
    /// <param name="owner">The list the record is in.</param>
    /// <param name="id">The parameter with the record's id.</param>
    public static string Belongs(RosterList list, RosterList owner, string id) => (list, owner) switch
    {
        (RosterList.Classes or RosterList.Enrollments, RosterList.Schools) => $"t.school_id = {id}",
        (RosterList.Courses, RosterList.Schools) =>
            $"""
            (t.organization_id = {id} or exists (select from roster.classes c
              where c.tenant_id = t.tenant_id and c.course_id = t.id and c.school_id = {id} and c.ended_at is null))
            """,
        (RosterList.Terms, RosterList.Schools) =>
            $"""
            t.type = 'term' and t.id in (select unnest(c.term_ids) from roster.classes c
              where c.tenant_id = $1 and c.school_id = {id} and c.ended_at is null)
            """,
        (RosterList.Students or RosterList.Teachers, RosterList.Schools) =>
            $"""
            t.id in (select g.person_id from roster.person_roles g where g.tenant_id = $1
              and g.organization_id = {id} and g.role = '{RoleOf(list)}' and g.ended_at is null)
            """,
        (RosterList.Enrollments, RosterList.Classes) => $"t.class_id = {id}",
        (RosterList.Students or RosterList.Teachers, RosterList.Classes) =>
            $"""
            t.id in (select e.person_id from roster.enrollments e where e.tenant_id = $1
              and e.class_id = {id} and e.role = '{RoleOf(list)}' and e.ended_at is null)
            """,
        (RosterList.Classes, RosterList.Courses) => $"t.course_id = {id}",
        (RosterList.Classes, RosterList.Terms) => $"{id} = any(t.term_ids)",
        (RosterList.GradingPeriods, RosterList.Terms) => $"t.type = 'gradingPeriod' and t.parent_id = {id}",
        (RosterList.Classes, RosterList.Users) => Taken(id, ""),
        (RosterList.Classes, RosterList.Students or RosterList.Teachers) =>
            Taken(id, $" and e.role = '{RoleOf(owner)}'"),
        _ => throw new ArgumentException($"{list} belong to no record of {owner}."),
    };

    private static string Taken(string person, string alsoIf) =>
        $"""
        t.id in (select e.class_id from roster.enrollments e where e.tenant_id = $1
          and e.person_id = {person} and e.ended_at is null{alsoIf})
        """;

    private static string RoleOf(RosterList list) => list is RosterList.Students ? "student" : "teacher";
}
