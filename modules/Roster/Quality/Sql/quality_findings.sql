-- Every record with something wrong, once per rule and school: rule, kind, school, record. $1 schools, or null for the
-- whole district; $2 rule, or null for all: the others are not looked at.
with students as materialized (
  select id, school_id, grade from roster.people
   where is_student and ended_at is null and ($1::uuid[] is null or school_id = any($1))
),
staff as materialized (
  select id, school_id, email from roster.people
   where is_staff and ended_at is null and ($1::uuid[] is null or school_id = any($1))
),
-- A guardian is at the schools of the children; one without children where the role is.
guardians as materialized (
  select distinct g.id, s.school_id, g.email, g.phone, g.sms, false as is_alone
    from students s
    join roster.relations r on r.student_id = s.id
    join roster.people g on g.id = r.guardian_id and g.ended_at is null
  union all
  select g.id, g.school_id, g.email, g.phone, g.sms, true
    from roster.people g
   where g.is_guardian and g.ended_at is null and ($1::uuid[] is null or g.school_id = any($1))
     and not exists (select from roster.relations r join roster.people s on s.id = r.student_id and s.ended_at is null
                      where r.guardian_id = g.id)
),
people as materialized (
  select id, school_id from roster.people
   where ended_at is null and ($1::uuid[] is null or school_id = any($1))
),
groups as materialized (
  select id, school_id, term_ids from roster.classes
   where ended_at is null and ($1::uuid[] is null or school_id = any($1))
)
select 'student.noGuardian' as rule, 'student' as kind, s.school_id, s.id as record_id from students s
 where ($2::text is null or $2 = 'student.noGuardian')
   and not exists (select from roster.relations r join roster.people g on g.id = r.guardian_id and g.ended_at is null
                    where r.student_id = s.id)
union all
select 'student.noClass', 'student', s.school_id, s.id from students s
 where ($2::text is null or $2 = 'student.noClass')
   and not exists (select from roster.enrollments e
                    where e.person_id = s.id and e.role = 'student' and e.ended_at is null)
union all
select 'student.noGrade', 'student', s.school_id, s.id from students s
 where ($2::text is null or $2 = 'student.noGrade') and s.grade is null
union all
select 'student.noSchool', 'student', s.school_id, s.id from students s
 where ($2::text is null or $2 = 'student.noSchool') and s.school_id is null
union all
select 'student.noLanguage', 'student', s.school_id, s.id from students s
 where ($2::text is null or $2 = 'student.noLanguage')
   and not exists (select from roster.supplements x
                    where x.person_id = s.id and x.ended_at is null
                      and coalesce(x.home_language, x.contact_language) is not null)
union all
select 'student.duplicate', 'student', d.school_id, d.id
  from (select p.id, p.school_id, count(*) over (
                 partition by lower(p.family_name), lower(p.given_name), b.birth_date) as alike
          from roster.people p
          join roster.demographics b on b.person_id = p.id and b.ended_at is null and b.birth_date is not null
         where p.is_student and p.ended_at is null) d
 where ($2::text is null or $2 = 'student.duplicate')
   and d.alike > 1 and ($1::uuid[] is null or d.school_id = any($1))
union all
select 'guardian.noStudent', 'guardian', g.school_id, g.id from guardians g
 where ($2::text is null or $2 = 'guardian.noStudent') and g.is_alone
union all
select 'guardian.noPhone', 'guardian', g.school_id, g.id from guardians g
 where ($2::text is null or $2 = 'guardian.noPhone') and g.phone is null and g.sms is null
union all
select 'guardian.noEmail', 'guardian', g.school_id, g.id from guardians g
 where ($2::text is null or $2 = 'guardian.noEmail') and g.email is null
union all
select 'guardian.noLanguage', 'guardian', g.school_id, g.id from guardians g
 where ($2::text is null or $2 = 'guardian.noLanguage')
   and not exists (select from roster.supplements x
                    where x.person_id = g.id and x.ended_at is null
                      and coalesce(x.contact_language, x.home_language) is not null)
union all
select 'staff.noEmail', 'staff', s.school_id, s.id from staff s
 where ($2::text is null or $2 = 'staff.noEmail') and s.email is null
union all
select 'staff.noSchool', 'staff', s.school_id, s.id from staff s
 where ($2::text is null or $2 = 'staff.noSchool') and s.school_id is null
   and not exists (select from roster.person_roles r where r.person_id = s.id and r.ended_at is null
                      and r.role in ('districtAdministrator', 'systemAdministrator', 'administrator'))
union all
select 'staff.noClass', 'staff', s.school_id, s.id from staff s
 where ($2::text is null or $2 = 'staff.noClass')
   and exists (select from roster.person_roles r
                where r.person_id = s.id and r.role = 'teacher' and r.ended_at is null)
   and not exists (select from roster.enrollments e
                    where e.person_id = s.id and e.role = 'teacher' and e.ended_at is null)
union all
select 'person.noRole', 'person', p.school_id, p.id from people p
 where ($2::text is null or $2 = 'person.noRole')
   and not exists (select from roster.person_roles r where r.person_id = p.id and r.ended_at is null)
union all
select distinct 'person.twoPrimaryRoles', 'person', p.school_id, p.id
  from people p
  join (select r.person_id from roster.person_roles r where r.ended_at is null
         group by r.person_id, r.organization_id having count(*) filter (where r.is_primary) > 1) many
    on many.person_id = p.id
 where ($2::text is null or $2 = 'person.twoPrimaryRoles')
union all
select distinct 'person.noPrimaryRole', 'person', p.school_id, p.id
  from people p
  join (select r.person_id from roster.person_roles r where r.ended_at is null
         group by r.person_id having not bool_or(r.is_primary)) none
    on none.person_id = p.id
 where ($2::text is null or $2 = 'person.noPrimaryRole')
union all
select 'person.missing', 'person', p.school_id, p.id
  from people p join roster.missing_people m on m.person_id = p.id and m.ended_at is null
 where ($2::text is null or $2 = 'person.missing')
union all
select 'class.noTeacher', 'class', g.school_id, g.id from groups g
 where ($2::text is null or $2 = 'class.noTeacher')
   and not exists (select from roster.enrollments e
                    where e.class_id = g.id and e.role = 'teacher' and e.ended_at is null)
union all
select 'class.noStudent', 'class', g.school_id, g.id from groups g
 where ($2::text is null or $2 = 'class.noStudent')
   and not exists (select from roster.enrollments e
                    where e.class_id = g.id and e.role = 'student' and e.ended_at is null)
union all
select 'enrollment.outsideSession', 'enrollment', g.school_id, e.id
  from groups g
 cross join lateral (
   select min(t.start_date) as start_date, max(t.end_date) as end_date from roster.academic_sessions t
    where t.id = any(g.term_ids)) term
  join roster.enrollments e on e.class_id = g.id and e.ended_at is null
 where ($2::text is null or $2 = 'enrollment.outsideSession')
   and (e.begin_date < term.start_date or e.begin_date >= term.end_date or e.end_date > term.end_date
        or e.end_date < e.begin_date)
