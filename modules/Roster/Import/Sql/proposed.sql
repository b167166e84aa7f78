-- What would change, by the organization it belongs to.
select {school}, 0, count(*) filter (where c.change = 'added')::int, count(*) filter (where c.change = 'changed')::int,
       count(*) filter (where c.change = 'ended')::int, count(*) filter (where c.change = 'returned')::int
  from {changes} c
  left join {staged} s on s.id = c.id
  left join {rows} r on r.tenant_id = $1 and r.id = c.id
  {parts}
 group by 1
