using static K12Hub.Roster.ProvidedField;

namespace K12Hub.Roster;

/// <summary>Students as they are handed on to who may have directory information: rows and columns that must not go out
/// are not in the tables that are asked. So no list, count, filter or order tells of them.</summary>
/// <param name="terms">What may go out.</param>
/// <param name="key">What stands for students.</param>
internal sealed class ProvidedDirectory(DirectoryTerms terms, DirectoryKey key)
{
    private const string Joins =
        """
        left join roster.organizations o on o.tenant_id = t.tenant_id and o.id = t.primary_organization_id
        left join lateral (
          select array_agg(ro.sourced_id order by g.is_primary desc, g.id) as orgs,
                 array_agg('student'::text) as words,
                 array_agg(g.is_primary order by g.is_primary desc, g.id) as primaries,
                 array_agg(case when t.shows_days then g.begin_date end order by g.is_primary desc, g.id) as begins,
                 array_agg(case when t.shows_days then g.end_date end order by g.is_primary desc, g.id) as ends
            from roster.person_roles g
            join roster.organizations ro on ro.tenant_id = g.tenant_id and ro.id = g.organization_id
           where t.shows_school and g.tenant_id = t.tenant_id and g.person_id = t.id and g.role = 'student'
             and g.ended_at is null) r on true
        """;

    /// <summary>Choices of a student's family count for all records that are the same student.</summary>
    private const string Choices =
        """
        select c.student_id as about, c.opted_out, c.needs_consent, c.consented
          from roster.directory_choices c where c.tenant_id = $1
        union all
        select other.record_id, c.opted_out, c.needs_consent, c.consented from roster.directory_choices c
          join roster.person_links mine on mine.tenant_id = $1 and mine.record_id = c.student_id
          join roster.person_links other on other.tenant_id = $1 and other.person_id = mine.person_id
         where c.tenant_id = $1 and other.record_id <> c.student_id
        """;

    /// <summary>Students whose names may go out, as people.</summary>
    public ProvidedTable Students => new(
        RosterKinds.Users,
        [
            Text("givenName", "given_name"), Text("familyName", "family_name"), Text("middleName", "middle_name"),
            Text("preferredFirstName", "preferred_given_name"), Text("preferredMiddleName", "preferred_middle_name"),
            Text("preferredLastName", "preferred_family_name"), Text("email", "email"), Text("sms", "sms"),
            Text("phone", "phone"), Texts("grades"),
        ],
        """
        true, null::text, '{}'::text[], t.given_name, t.family_name, t.middle_name, t.preferred_given_name,
        t.preferred_middle_name, t.preferred_family_name, null::text, null::text, t.email, t.sms, t.phone,
        '{}'::text[], t.grades, null::text, o.sourced_id, coalesce(r.words, array['student']),
        coalesce(r.orgs, array['']), coalesce(r.primaries, array[true]), coalesce(r.begins, array[null]::date[]),
        coalesce(r.ends, array[null]::date[])
        """,
        Joins,
        (common, row) => ProvidedPeople.ReadUser(Hidden(common), row))
    {
        From = $"({StudentRows})",
        MustBelong = "t.shows_school",
        Must = "true",
    };

    /// <summary>Their date and place of birth.</summary>
    public ProvidedTable Demographics => new(
        RosterKinds.Demographics,
        [Date("birthDate", "birth_date", canSort: false)],
        """
        t.birth_date, null::text, null::bool, null::bool, null::bool, null::bool, null::bool, null::bool, null::bool,
        t.country_of_birth_code, t.state_of_birth, t.city_of_birth, null::text
        """,
        "",
        (common, row) => ProvidedPeople.Demographics.Read(Hidden(common), row))
    {
        From =
            $"""
            (select m.tenant_id, m.id, m.source, m.person_id, s.sourced_id, m.birth_date, m.country_of_birth_code,
                    m.state_of_birth, m.city_of_birth, m.ended_at
               from roster.demographics m join ({StudentRows}) s on s.id = m.person_id
              where m.tenant_id = $1 and m.ended_at is null and s.shows_birth)
            """,
        IdColumn = "person_id",
        Must = "true",
    };

    // Only who is a student now: that somebody left is none of it.
    private string StudentRows =>
        $$"""
        select x.tenant_id, x.id, x.source, x.id::text as sourced_id, null::timestamptz as ended_at, x.is_student,
               x.given_name, x.family_name, x.middle_name, x.preferred_given_name, x.preferred_middle_name,
               x.preferred_family_name, case when {{Shows(DirectoryCategory.Email)}} then x.email end as email,
               case when {{Shows(DirectoryCategory.Telephone)}} then x.sms end as sms,
               case when {{Shows(DirectoryCategory.Telephone)}} then x.phone end as phone,
               case when {{Shows(DirectoryCategory.GradeLevel)}} then x.grades else '{}' end as grades,
               case when {{Shows(DirectoryCategory.School)}} then x.primary_organization_id end
                 as primary_organization_id,
               {{Shows(DirectoryCategory.School)}} as shows_school,
               {{Shows(DirectoryCategory.AttendanceDates)}} as shows_days,
               {{Shows(DirectoryCategory.Birth)}} as shows_birth
          from (select p.*, coalesce(d.hidden, '{}') as hidden from roster.people p
                  left join ({{HiddenOf}}) d on d.about = p.id
                 where p.tenant_id = $1 and p.source = $2 and p.is_student and p.ended_at is null
                   and {{ProvidedTable.IsKept("p")}}) x
         where {{Shows(DirectoryCategory.Name)}}
        """;

    private string HiddenOf =>
        $"""
        select about, array_agg(distinct word) as hidden
          from ({Choices}) c cross join unnest({Released}) word
         where word = any(opted_out) or (coalesce(needs_consent, false) and not word = any(consented))
         group by about
        """;

    // Words of an enumeration: nothing that anybody sent.
    private string Released =>
        $"array[{string.Join(", ", Enum.GetValues<DirectoryCategory>().Where(terms.Has)
            .Select(category => $"'{DirectoryWords.Of(category)}'"))}]::text[]";

    private string Shows(DirectoryCategory category) =>
        terms.Has(category) ? $"not '{DirectoryWords.Of(category)}' = any(x.hidden)" : "false";

    private ProvidedBase Hidden(ProvidedBase common) =>
        common with { SourcedId = key.Hide(Guid.Parse(common.SourcedId)) };
}
