using K12Hub.EventStore;
using K12Hub.Hosting;

namespace K12Hub.Roster;

/// <summary>Roles that the roster gives to whoever is linked to a person of it: a principal leads the school of the
/// assignment, a parent or guardian reaches the children. They end with what they come from, at the next
/// request.</summary>
internal sealed class RosterGrants(DocumentStore store, TimeProvider time) : IDerivedGrants
{
    // Who brings a child up, as ties of households have it. Nobody reaches a child who must not be contacted about it
    // or must not see its records, whatever else is said.
    private const string Find =
        """
        with person as (
          select p.id from roster.account_links_v1 l
            join roster.people_v1 p on (p.tenant_id, p.id) = ($1, l.person_id)
           where l.tenant_id = $1 and l.account_id = $2 and l.ended_at is null and p.ended_at is null
        ), school as (
          select distinct r.organization_id as id from person
            join roster.person_roles_v1 r on r.tenant_id = $1 and r.person_id = person.id
            join roster.organizations_v1 o on (o.tenant_id, o.id) = ($1, r.organization_id)
           where r.role = 'principal' and r.ended_at is null and o.type = 'school' and o.ended_at is null
             and (r.begin_date is null or r.begin_date <= $3) and (r.end_date is null or r.end_date > $3)
        ), tie as (
          select person.id as guardian_id, r.student_id, r.kind from person
            join roster.relations_v1 r on r.tenant_id = $1 and r.guardian_id = person.id
          union
          select person.id, g.student_id, 'supplement' from person
            join roster.guardianships_v1 g on g.tenant_id = $1 and g.guardian_id = person.id and g.ended_at is null
        ), child as (
          select t.student_id as id from tie t
            join roster.people_v1 s on (s.tenant_id, s.id) = ($1, t.student_id) and s.ended_at is null
            left join roster.guardianships_v1 g on g.tenant_id = $1 and g.student_id = t.student_id
                 and g.guardian_id = t.guardian_id and g.ended_at is null
           group by t.student_id
          having bool_and(g.may_contact is not false and g.may_receive_records is not false)
             and bool_or(case when g.relation in ('caseworker', 'courtAppointed', 'emergencyContact')
                   then g.lives_with is true
                   else t.kind in ('parent', 'guardian') or g.lives_with is true or g.relation in
                     ('mother', 'father', 'stepmother', 'stepfather', 'fosterParent', 'legalGuardian') end)
        )
        select array(select id from school), array(select id from child), array(select id from person)
        """;

    public async ValueTask<IReadOnlyList<DerivedGrant>> OfAsync(
        DistrictId district, Guid accountId, CancellationToken cancellationToken)
    {
        var today = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        await using var batch = DistrictBatch.For(store, district).With(Find, district.Value, accountId, today);
        await using var rows = await batch.ReadAsync(cancellationToken);
        await rows.ReadAsync(cancellationToken);
        var (schools, children) = (rows.GetFieldValue<Guid[]>(0), rows.GetFieldValue<Guid[]>(1));
        var grants = new List<DerivedGrant>();
        if (schools.Length > 0)
        {
            grants.Add(new(
                Roles.SchoolAdministrator, Reach.AtSchools(schools), "The roster says principal of the school."));
        }

        if (children.Length > 0)
        {
            var people = children.Concat(rows.GetFieldValue<Guid[]>(2));
            grants.Add(new(Roles.Family, Reach.Of(people), "The roster says parent or guardian of the child."));
        }

        return grants;
    }
}
