namespace K12Hub.App.Tests.Faults;

/// <summary>A request to amend the record of each student.</summary>
internal static class SomeAmendments
{
    public const string Sql =
        """
        insert into roster.amendments_v1
          (tenant_id, id, student_id, what, why, state, requested_at, due_on, stream_version)
        select 1, md5(id::text)::uuid, id, 'Address', 'We moved.', 'requested', '2026-11-01', '2026-12-16', 1
          from roster.people_v1 where tenant_id = 1 and is_student
        """;
}
