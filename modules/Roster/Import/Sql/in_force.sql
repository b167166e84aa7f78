-- What is in force, by the organization it belongs to.
select {stored_school}, count(*)::int, 0, 0, 0, 0, 0, 0
  from {rows} r
 where r.tenant_id = $1 and r.source = $2 and r.ended_at is null
 group by 1
