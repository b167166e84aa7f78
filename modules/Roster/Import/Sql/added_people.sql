insert into {rows} (tenant_id, id, source, row_hash, {facts}, is_student, is_staff, is_guardian, grade, school_id)
select $1, s.id, $2, s.row_hash, {staged_facts},
       coalesce(w.is_student, false), coalesce(w.is_staff, false), coalesce(w.is_guardian, false),
       s.grades[1], coalesce(main.id, w.school_id)
  from {sent} s
  left join standing w on w.person_id = s.id
  left join {orgs} main on main.tenant_id = $1 and main.id = s.primary_organization_id
       and main.type = 'school' and main.ended_at is null
 where s.change = 'added'
 {order}
