-- What their roles make of the people this run touches: students, staff, guardians, and their main school: the school
-- of a main role before that of another, of equal ones the lowest id. As text, because ids have no min() before
-- PostgreSQL 18, and an ordered aggregate would sort once per person.
insert into standing (person_id, is_student, is_staff, is_guardian, school_id)
select r.person_id,
       bool_or(r.role = 'student'),
       bool_or(r.role not in ('student', 'guardian', 'parent', 'relative')),
       bool_or(r.role in ('guardian', 'parent', 'relative')),
       coalesce(min(o.id::text collate "C") filter (where r.is_primary), min(o.id::text collate "C"))::uuid
  from {roles} r
  left join {orgs} o on o.tenant_id = r.tenant_id and o.id = r.organization_id and o.type = 'school'
       and o.ended_at is null
 where r.tenant_id = $1 and r.source = $2 and r.ended_at is null{of_whom}
 group by r.person_id
