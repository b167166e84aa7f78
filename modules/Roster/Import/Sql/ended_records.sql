-- The records that have ended, or are withdrawn, as they last were.
select s.id, c.change, {staged_facts}
  from {changes} c join {rows} s on s.tenant_id = $1 and s.id = c.id
 where c.change in ('ended', 'withdrawn')
