namespace K12Hub.App.Tests.Policy;

/// <summary>Directory information of district 1, something that every family said of it, and a position that
/// everybody has who works at a school and is away from for a week.</summary>
internal static class SomeDirectory
{
    public const string Sql =
        """
        insert into roster.directory_information_v1 (tenant_id, id, categories, notice_date, limited_to,
          stream_version) values (1, gen_random_uuid(), '{name}', '2026-08-20', '{}', 1);
        insert into roster.directory_choices_v1 (tenant_id, id, student_id, opted_out, opted_out_since,
          opted_out_by, needs_consent, consented, stream_version)
        select 1, md5('directory' || id)::uuid, id, '{name}', '{2026-09-01}', '{mother}', false, '{}', 1
          from roster.people_v1 where tenant_id = 1 and is_student;
        insert into directory.positions_v1 (tenant_id, id, key, is_retired, english_title, stream_version)
        select 1, md5(key)::uuid, key, false, key, 1 from unnest(array['nurse', 'principal', 'registrar']) key;
        insert into directory.assignments_v1 (tenant_id, id, person_id, position_id, organization_id, first_day, share,
          is_primary, stream_version)
        select 1, md5('assignment' || id)::uuid, id, md5('nurse')::uuid, school_id, '2026-08-01', 1, true, 1
          from roster.people_v1 where tenant_id = 1 and is_staff and school_id is not null;
        insert into directory.absences_v1 (tenant_id, id, person_id, first_day, last_day, is_cancelled, stream_version)
        select 1, md5('absence' || person_id)::uuid, person_id, '2026-10-05', '2026-10-09', false, 1
          from directory.assignments_v1 where tenant_id = 1;
        insert into directory.contact_chains_v1 (tenant_id, id, area_id, audience, version, is_retired, positions,
          places, hours, move_on_after, stream_version)
        select 1, md5('chain' || n)::uuid, md5('area' || n)::uuid, 'family', 1, false, array[md5('nurse')::uuid],
          '{school}', '{""}', '{0}', 1 from generate_series(1, 3) n
        """;
}
