-- Everybody as matching sees them. What is written differently and means the same becomes the same. $1 district.
create temp table match_people on commit drop as
select p.id, p.source, p.ended_at is null as in_force, p.is_student, p.is_staff, p.is_guardian, p.school_id,
       {family} as family, {given} as given, {preferred} as preferred,
       lower(p.email) as email, lower(p.username) as username, lower(p.identifier) as identifier,
       nullif(right(regexp_replace(coalesce(p.phone, p.sms, ''), '\D', '', 'g'), 10), '') as phone,
       d.birth_date, p.user_ids, lower(p.user_master_identifier) as master
  from {people} p
  left join {demographics} d on d.tenant_id = $1 and d.person_id = p.id
 where p.tenant_id = $1 and p.given_name <> '[erased]'
