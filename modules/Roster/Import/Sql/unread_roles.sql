-- Roles that come within a person whose row could not be read stay as they were, like the person.
insert into {staged} ({facts}, id, row_hash, line, deleted)
select {facts}, r.id, r.row_hash, 0, false
  from {rows} r
 where r.tenant_id = $1 and r.source = $2 and r.ended_at is null
   and r.person_id in (select u.id from {users} u where u.line = 0)
   and not exists (select from {staged} s where s.id = r.id)
