-- Everything that is found, with what a registrar finds it by, school by school. $1 and $2 as above.
select coalesce(o.name, '') as school, f.rule, f.kind, coalesce(p.sourced_id, c.sourced_id, e.sourced_id, '') as sourced_id,
       coalesce(p.family_name || ', ' || p.given_name, c.title, w.family_name || ', ' || w.given_name || ': ' || l.title,
                '') as name,
       coalesce(p.identifier, w.identifier, c.class_code, '') as number,
       coalesce(p.id, w.id) as person_id, coalesce(p.is_student, w.is_student, false) as is_student
  from ({findings}) f
  left join roster.organizations o on o.id = f.school_id
  left join roster.people p on f.kind in ('student', 'staff', 'guardian', 'person') and p.id = f.record_id
  left join roster.classes c on f.kind = 'class' and c.id = f.record_id
  left join roster.enrollments e on f.kind = 'enrollment' and e.id = f.record_id
  left join roster.people w on w.id = e.person_id
  left join roster.classes l on l.id = e.class_id
 order by 1, 2, 5, 4
