-- How many records there are of each kind in each school. $1 schools, or null for the whole district.
select 'student' as kind, school_id, count(*)::integer from roster.people
 where is_student and ended_at is null and ($1::uuid[] is null or school_id = any($1)) group by school_id
union all
select 'staff', school_id, count(*)::integer from roster.people
 where is_staff and ended_at is null and ($1::uuid[] is null or school_id = any($1)) group by school_id
union all
select 'guardian', school_id, sum(guardians)::integer from (
  select s.school_id, count(distinct r.guardian_id) as guardians
    from roster.people s
    join roster.relations r on r.student_id = s.id
    join roster.people g on g.id = r.guardian_id and g.ended_at is null
   where s.is_student and s.ended_at is null and ($1::uuid[] is null or s.school_id = any($1)) group by s.school_id
  union all
  select g.school_id, count(*) from roster.people g
   where g.is_guardian and g.ended_at is null and ($1::uuid[] is null or g.school_id = any($1))
     and not exists (select from roster.relations r join roster.people s on s.id = r.student_id and s.ended_at is null
                      where r.guardian_id = g.id)
   group by g.school_id) g group by school_id
union all
select 'person', school_id, count(*)::integer from roster.people
 where ended_at is null and ($1::uuid[] is null or school_id = any($1)) group by school_id
union all
select 'class', school_id, count(*)::integer from roster.classes
 where ended_at is null and ($1::uuid[] is null or school_id = any($1)) group by school_id
union all
select 'enrollment', g.school_id, count(*)::integer from roster.classes g
  join roster.enrollments e on e.class_id = g.id and e.ended_at is null
 where g.ended_at is null and ($1::uuid[] is null or g.school_id = any($1)) group by g.school_id
