with schedule as (
  select kind, keep_for, basis from (
    select kind,
           case when $3 then coalesce(proposed_keep_for, keep_for) else keep_for end as keep_for,
           case when $3 then coalesce(proposed_basis, basis) else basis end as basis
      from roster.retention_schedules_v1 where tenant_id = $1) decided
   where keep_for is not null
), gone as (
  select p.id, person.*
    from roster.people_v1 p
    left join roster.person_links_v1 own on (own.tenant_id, own.record_id) = ($1, p.id)
    -- Everything that is the same person.
    cross join lateral (
      select array_agg(r.id) as ids, max(r.ended_at) as left_at, bool_or(r.is_student) as is_student,
             bool_or(r.is_staff) as is_staff, bool_or(r.is_guardian) as is_guardian,
             bool_and(r.ended_at is not null) as has_ended, bool_and(k.erased_at is not null) as is_erased
        from (select p.id union
              select o.record_id from roster.person_links_v1 o where o.tenant_id = $1 and o.person_id = p.id) same
        join roster.people_v1 r on (r.tenant_id, r.id) = ($1, same.id)
        left join es.subject_keys k on (k.tenant_id, k.subject_id) = ($1, r.id)
    ) person
   where p.tenant_id = $1 and p.ended_at <= $2 and coalesce(own.person_id, p.id) = p.id and {which}
), due as (
  select g.*, s.due_at, s.schedule
    from gone g
    -- Of each kind that somebody was there has to be a schedule, and the longest counts.
    cross join lateral (
      select max((g.left_at at time zone 'UTC' + keep_for::interval) at time zone 'UTC') as due_at, count(*) as kinds,
             string_agg(kind || ' ' || keep_for || ' (' || basis || ')', ', ' order by kind) as schedule
        from schedule
       where (kind = 'students' and g.is_student) or (kind = 'staff' and g.is_staff)
          or (kind = 'guardians' and g.is_guardian)
    ) s
   where g.has_ended and s.kinds > 0 and s.kinds = g.is_student::int + g.is_staff::int + g.is_guardian::int
     and s.due_at <= $2
)
select d.id, d.is_student, d.is_staff, d.is_guardian, d.left_at, d.due_at, d.schedule,
       case when exists (select from roster.legal_holds_v1 h
                          where h.tenant_id = $1 and h.person_id = any(d.ids) and h.released_at is null) then 'hold'
            when exists (select from roster.amendments_v1 a
                          where a.tenant_id = $1 and a.student_id = any(d.ids) and a.state = 'requested')
            then 'openRequest' end as kept_by
  from due d
 -- An erasure that was cut off has no certificate yet.
 where not (d.is_erased and exists (
         select from roster.erasures_v1 e
          where e.tenant_id = $1 and e.person_id = any(d.ids) and e.state = 'erased'))
   and not exists (
         select from roster.person_roles_v1 r
          where r.tenant_id = $1 and r.person_id = any(d.ids) and r.ended_at is null
            and (r.end_date is null or r.end_date > ($2 at time zone 'UTC')::date))
   and not exists (
         select from roster.enrollments_v1 n
          where n.tenant_id = $1 and n.person_id = any(d.ids) and n.ended_at is null
            and (n.end_date is null or n.end_date > ($2 at time zone 'UTC')::date))
   and not exists (
         select from roster.relations_v1 t join roster.people_v1 c on (c.tenant_id, c.id) = ($1, t.student_id)
          where t.tenant_id = $1 and t.guardian_id = any(d.ids) and c.ended_at is null)
   and not exists (
         select from roster.guardianships_v1 t join roster.people_v1 c on (c.tenant_id, c.id) = ($1, t.student_id)
          where t.tenant_id = $1 and t.guardian_id = any(d.ids) and t.ended_at is null and c.ended_at is null)
