using K12Hub.Hosting;

namespace K12Hub.Roster;

/// <summary>Roles that the roster gives to whoever is linked to a person of it: a principal leads the school of the
/// assignment, a parent or guardian reaches the children. They end with what they come from, at the next
/// request.</summary>
internal static class RosterGrants
{
    // Who brings a child up, as ties of households have it. Nobody reaches a child who must not be contacted about it
    // or must not see its records, whatever else is said.
    private const string Of =
        $$"""
        with person as (
          select l.account_id, p.id from roster.account_links_v1 l
            join roster.people_v1 p on (p.tenant_id, p.id) = ($1, l.person_id)
           where l.tenant_id = $1 and l.account_id = any({{DerivedGrants.Asked}}) and l.ended_at is null
             and p.ended_at is null
        ), school as (
          select distinct account_id, r.organization_id as id from person
            join roster.person_roles_v1 r on r.tenant_id = $1 and r.person_id = person.id
            join roster.organizations_v1 o on (o.tenant_id, o.id) = ($1, r.organization_id)
           where r.role = 'principal' and r.ended_at is null and o.type = 'school' and o.ended_at is null
             and (r.begin_date is null or r.begin_date <= ($3 at time zone 'UTC')::date)
             and (r.end_date is null or r.end_date > ($3 at time zone 'UTC')::date)
        ), tie as (
          select account_id, person.id as guardian_id, r.student_id, r.kind from person
            join roster.relations_v1 r on r.tenant_id = $1 and r.guardian_id = person.id
          union
          select account_id, person.id, g.student_id, 'supplement' from person
            join roster.guardianships_v1 g on g.tenant_id = $1 and g.guardian_id = person.id and g.ended_at is null
        ), child as (
          select t.account_id, t.student_id as id from tie t
            join roster.people_v1 s on (s.tenant_id, s.id) = ($1, t.student_id) and s.ended_at is null
            left join roster.guardianships_v1 g on g.tenant_id = $1 and g.student_id = t.student_id
                 and g.guardian_id = t.guardian_id and g.ended_at is null
           group by t.account_id, t.student_id
          having bool_and(g.may_contact is not false and g.may_receive_records is not false)
             and bool_or(case when g.relation in ('caseworker', 'courtAppointed', 'emergencyContact')
                   then g.lives_with is true
                   else t.kind in ('parent', 'guardian') or g.lives_with is true or g.relation in
                     ('mother', 'father', 'stepmother', 'stepfather', 'fosterParent', 'legalGuardian') end)
        )
        select account_id, 'schoolAdministrator', null::text[], array_agg(id), '{}'::uuid[], '{}'::uuid[],
               'The roster says principal of the school.', null::timestamptz, '{}'::uuid[]
          from school group by account_id
        union all
        select account_id, 'family', null, '{}', '{}',
               array_agg(id) || array(select p.id from person p where p.account_id = child.account_id),
               'The roster says parent or guardian of the child.', null, '{}'
          from child group by account_id
        """;

    private const string Among =
        """
        select distinct account_id from roster.account_links_v1 l
         where tenant_id = $1 and account_id > $3 and ended_at is null and ($8 or person_id = any($7)
            or exists (select from roster.person_roles_v1 r where r.tenant_id = $1 and r.person_id = l.person_id
                          and r.role = 'principal' and r.organization_id = any($5))
            or exists (select from roster.relations_v1 r where r.tenant_id = $1 and r.guardian_id = l.person_id
                          and r.student_id = any($7))
            or exists (select from roster.guardianships_v1 g where g.tenant_id = $1 and g.guardian_id = l.person_id
                          and g.student_id = any($7)))
         order by account_id limit $4
        """;

    /// <summary>Both.</summary>
    public static DerivedGrants All { get; } = new(Of, Among);
}
