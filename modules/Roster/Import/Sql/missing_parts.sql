-- What is not sent of people who are missing waits with them. $1 district.
update {changes} c set change = 'waiting'
  from {rows} r, {changed_users} u
 where c.change = 'ended' and r.tenant_id = $1 and r.id = c.id
   and u.id = r.person_id and u.change in ('missing', 'waiting')
   and c.id not in (select id from {staged} where deleted) and not {unless}
