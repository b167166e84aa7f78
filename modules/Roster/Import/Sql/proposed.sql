-- What would change, by the organization it belongs to; of what ends, how much because its time is over; and who is
-- missing. $1 district, $2 today.
select {school}, 0, count(*) filter (where c.change = 'added')::int, count(*) filter (where c.change = 'changed')::int,
       count(*) filter (where c.change = 'ended')::int, count(*) filter (where c.change = 'returned')::int,
       count(*) filter (where c.change = 'ended' and {expected})::int, count(*) filter (where c.change = 'missing')::int
  from {changes} c
  left join {staged} s on s.id = c.id
  left join {rows} r on r.tenant_id = $1 and r.id = c.id
  {parts}
 group by 1
