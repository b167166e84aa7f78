namespace K12Hub.App.Tests.Policy;

/// <summary>Whose an object is, as plain SQL says it: what the product's conditions are compared with.</summary>
/// <param name="Id">Its key.</param>
/// <param name="Schools">The schools, or the topic, it belongs to.</param>
/// <param name="People">The people it is about.</param>
internal sealed record Owned(string Id, IReadOnlyList<Guid> Schools, IReadOnlyList<Guid> People);

/// <summary>The statements, by type of the schema. A type that stands in neither list is for the whole
/// district.</summary>
internal static class Owners
{
    /// <summary>Types whose objects everybody sees who may see any.</summary>
    public static readonly string[] Open =
    [
        "School", "Organization", "AcademicSession", "Course", "Area", "Position", "ContactChain",
    ];

    private const string SchoolsOfPerson =
        """
        array_remove(array[p.school_id] || array(
          select c.school_id from roster.relations_v1 r
            join roster.people_v1 c on (c.tenant_id, c.id) = (1, r.student_id)
           where r.tenant_id = 1 and r.guardian_id = p.id), null)
        """;

    private const string People = "from roster.people_v1 p where p.tenant_id = 1";

    /// <summary>Id, schools, people and the table to take one away from.</summary>
    public static readonly Dictionary<string, (string Sql, string Table)> Of = new(StringComparer.Ordinal)
    {
        ["Student"] = (
            $"select p.id, array_remove(array[p.school_id], null), array[p.id] {People} and p.is_student",
            "roster.people_v1 where is_student and"),
        ["StaffMember"] = (
            $"select p.id, array_remove(array[p.school_id], null), array[p.id] {People} and p.is_staff",
            "roster.people_v1 where is_staff and"),
        ["Guardian"] = (
            $"select p.id, {SchoolsOfPerson}, array[p.id] {People} and p.is_guardian",
            "roster.people_v1 where is_guardian and"),
        ["Person"] = ($"select p.id, {SchoolsOfPerson}, array[p.id] {People}", "roster.people_v1 where"),
        ["Class"] = (
            """
            select c.id, array[c.school_id], array(select e.person_id from roster.enrollments_v1 e
              where (e.tenant_id, e.class_id) = (1, c.id)) from roster.classes_v1 c where c.tenant_id = 1
            """,
            "roster.classes_v1 where"),
        ["Enrollment"] = (
            "select id, array[school_id], array[person_id] from roster.enrollments_v1 where tenant_id = 1",
            "roster.enrollments_v1 where"),
        ["RoleAssignment"] = (
            "select id, array[organization_id], array[person_id] from roster.person_roles_v1 where tenant_id = 1",
            "roster.person_roles_v1 where"),
        ["Demographics"] = (OfPerson("roster.demographics_v1", "p.is_student"), "roster.demographics_v1 where"),
        ["Movement"] = (
            """
            select id, array_remove(array[from_school_id, to_school_id], null), array[person_id]
              from roster.movements_v1 where tenant_id = 1
            """,
            "roster.movements_v1 where"),
        ["Override"] = (OfPerson("roster.field_overrides_v1", "true"), "roster.field_overrides_v1 where"),
        ["School"] = (All("roster.organizations_v1", "type = 'school'"), "roster.organizations_v1 where"),
        ["Organization"] = (All("roster.organizations_v1"), "roster.organizations_v1 where"),
        ["AcademicSession"] = (All("roster.academic_sessions_v1"), "roster.academic_sessions_v1 where"),
        ["Course"] = (All("roster.courses_v1"), "roster.courses_v1 where"),
        ["Match"] = (All("roster.person_matches_v1", "state = 'suggested'"), "roster.person_matches_v1 where"),
        ["SyncRun"] = (All("roster.sync_runs_v1"), "roster.sync_runs_v1 where"),
        ["Alert"] = (All("roster.alerts_v1"), "roster.alerts_v1 where"),
        ["ApiToken"] = (All("accounts.tokens_v1", "revoked_at is null"), "accounts.tokens_v1 where"),
        ["Account"] = (All("accounts.accounts_v1"), "accounts.accounts_v1 where"),
        ["Grant"] = (All("policy.grants_v1"), "policy.grants_v1 where"),
        ["BreakGlass"] = (
            "select id, array[topic_id], array[]::uuid[] from policy.break_glass_v2 where tenant_id = 1",
            "policy.break_glass_v2 where"),
        ["AccountLink"] = (All("roster.account_links_v1"), "roster.account_links_v1 where"),
        ["LegalHold"] = (All("roster.legal_holds_v1"), "roster.legal_holds_v1 where"),
        ["Erasure"] = (All("roster.erasures_v1"), "roster.erasures_v1 where"),
        ["Area"] = (All("directory.areas_v1", "not is_retired"), "directory.areas_v1 where"),
        ["Position"] = (All("directory.positions_v1", "not is_retired"), "directory.positions_v1 where"),
        ["ContactChain"] = (All("directory.contact_chains_v1", "not is_retired"), "directory.contact_chains_v1 where"),
        ["Assignment"] = (
            "select id, array[organization_id], array[]::uuid[] from directory.assignments_v1 where tenant_id = 1",
            "directory.assignments_v1 where"),
        ["Absence"] = (
            """
            select a.id, array(select s.organization_id from directory.assignments_v1 s
                                where s.tenant_id = 1 and s.person_id = a.person_id), array[]::uuid[]
              from directory.absences_v1 a where a.tenant_id = 1
            """,
            "directory.absences_v1 where"),
        ["Amendment"] = (
            OfPerson("(select *, student_id as person_id from roster.amendments_v1)", "true"),
            "roster.amendments_v1 where"),
        ["OutboxMessage"] = (All("es.outbox"), "es.outbox where"),
    };

    private static string OfPerson(string table, string which) =>
        $"""
        select x.id, {SchoolsOfPerson}, array[x.person_id] from {table} x
          left join roster.people_v1 p on (p.tenant_id, p.id) = (1, x.person_id) and {which} where x.tenant_id = 1
        """;

    private static string All(string table, string which = "true") =>
        $"select id, array[]::uuid[], array[]::uuid[] from {table} where tenant_id = 1 and {which}";
}
