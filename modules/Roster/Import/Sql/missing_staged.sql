-- Who is missing; and of those who were, who is in a file of changes, if only to say that they are gone: of a complete
-- file, who is not missing needs no word. $1 district, $2 source, $3 whether it is complete.
select id, false from {changed_users} where change in ('missing', 'waiting')
union all
select m.person_id, true
  from {missing} m
 where not $3 and m.tenant_id = $1 and m.source = $2 and m.ended_at is null
   and m.person_id in (select id from {users})
