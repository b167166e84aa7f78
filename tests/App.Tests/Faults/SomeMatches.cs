namespace K12Hub.App.Tests.Faults;

/// <summary>Records that may be one person, and some that are, in a district whose one source has no such.</summary>
internal static class SomeMatches
{
    /// <summary>Puts four pairs of students of the first district together: three that are suggested, one that is
    /// linked.</summary>
    public const string Sql =
        """
        with student as (
          select id, row_number() over (order by sourced_id) as n
            from roster.people_v1 where tenant_id = 1 and is_student
        ), pair as (
          select least(a.id, b.id) as first_id, greatest(a.id, b.id) as second_id, a.n
            from student a join student b on b.n = a.n + 1 where a.n in (1, 3, 5, 7)
        ), linked as (
          insert into roster.person_links_v1 (tenant_id, record_id, person_id)
          select 1, id, first_id from pair cross join lateral unnest(array[first_id, second_id]) id where n = 7
        )
        insert into roster.person_matches_v1
          (tenant_id, id, first_id, second_id, score, rule, reasons, state, found_at)
        select 1, md5(first_id::text || second_id::text)::uuid, first_id, second_id, 12 + n, 'score', '{givenName}',
               case n when 7 then 'linked' else 'suggested' end, '2027-01-04'
          from pair
        """;
}
