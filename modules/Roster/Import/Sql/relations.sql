-- Who belongs together, from what either side says: the student is the one who is a student, the other is the
-- guardian. Two students are no guardians of each other. The kind is the guardian's own role.
insert into related (student_id, guardian_id, kind)
select pair.student_id, pair.guardian_id, coalesce(own.kind, 'agent')
  from (select distinct case when a.is_student then a.id else b.id end as student_id,
                        case when a.is_student then b.id else a.id end as guardian_id
          from {people} a
         cross join lateral unnest(a.agent_ids) as agent(id)
          join {people} b on b.tenant_id = $1 and b.id = agent.id and b.ended_at is null
         where a.tenant_id = $1 and a.source = $2 and a.ended_at is null and a.is_student <> b.is_student) pair
  left join (select person_id, min(role) as kind
               from {roles}
              where tenant_id = $1 and source = $2 and ended_at is null and role in ('guardian', 'parent', 'relative')
              group by person_id) own on own.person_id = pair.guardian_id
