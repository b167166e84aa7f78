-- Who is missing; and of those who were, who is sent again, if only to say that they are gone. $1 district, $2 source.
select id, false from {changed_users} where change in ('missing', 'waiting')
union all
select m.person_id, true
  from {missing} m
 where m.tenant_id = $1 and m.source = $2 and m.ended_at is null
   and exists (select from {users} u where u.id = m.person_id)
