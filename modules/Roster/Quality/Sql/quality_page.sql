-- A page of the records that are found, and whose they are. $1 and $2 as above, $3 to $5 after which record, school and
-- rule, or null, $6 how many, $7 whether languages are looked for.
with page as (
  select rule, kind, school_id, record_id from ({findings}) f
   where ($7 or not rule like '%.noLanguage')
     and ($3::uuid is null
          or (record_id, coalesce(school_id, '00000000-0000-0000-0000-000000000000'), rule collate "C")
             {beyond} ($3, $4::uuid, $5::text))
   order by record_id {direction}, coalesce(school_id, '00000000-0000-0000-0000-000000000000') {direction},
         rule collate "C" {direction}
   limit $6
)
select f.rule, f.kind, f.school_id, f.record_id, p.id as person_id, coalesce(p.is_student, false) as is_student
  from page f
  left join roster.enrollments e on f.kind = 'enrollment' and e.id = f.record_id
  left join roster.people p on p.id = case f.kind when 'enrollment' then e.person_id
                                                  when 'class' then null else f.record_id end
 order by f.record_id {direction}, coalesce(f.school_id, '00000000-0000-0000-0000-000000000000') {direction},
       f.rule collate "C" {direction}
