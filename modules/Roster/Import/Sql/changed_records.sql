-- The records that events are made of: as they were sent, or as they last were when they have ended.
select s.id, c.change, {staged_facts}
  from {changes} c join {staged} s using (id)
 where c.change <> 'ended'
union all
select s.id, c.change, {staged_facts}
  from {changes} c join {rows} s on s.tenant_id = $1 and s.id = c.id
 where c.change = 'ended'
