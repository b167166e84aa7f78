-- People in force are what their roles make of them now; who has ended stays what she last was.
with now as (
  select p.id, coalesce(w.is_student, false) as is_student, coalesce(w.is_staff, false) as is_staff,
         coalesce(w.is_guardian, false) as is_guardian, p.grades[1] as grade,
         coalesce(main.id, w.school_id) as school_id
    from touched t
    join {rows} p on p.tenant_id = $1 and p.id = t.id and p.ended_at is null
    left join standing w on w.person_id = p.id
    left join {orgs} main on main.tenant_id = $1 and main.id = p.primary_organization_id
         and main.type = 'school' and main.ended_at is null
)
update {rows} p
   set is_student = now.is_student, is_staff = now.is_staff, is_guardian = now.is_guardian,
       grade = now.grade, school_id = now.school_id
  from now
 where p.tenant_id = $1 and p.id = now.id
   and (p.is_student, p.is_staff, p.is_guardian, p.grade, p.school_id)
       is distinct from (now.is_student, now.is_staff, now.is_guardian, now.grade, now.school_id)
