-- What their roles make of the people this run touches: students, staff, guardians, and their main school.
insert into standing (person_id, is_student, is_staff, is_guardian, school_id)
select r.person_id,
       bool_or(r.role = 'student'),
       bool_or(r.role not in ('student', 'guardian', 'parent', 'relative')),
       bool_or(r.role in ('guardian', 'parent', 'relative')),
       (array_agg(o.id order by r.is_primary desc, r.organization_id) filter (where o.type = 'school'))[1]
  from {roles} r
  left join {orgs} o on o.tenant_id = r.tenant_id and o.id = r.organization_id and o.ended_at is null
 where r.tenant_id = $1 and r.source = $2 and r.ended_at is null{of_whom}
 group by r.person_id
