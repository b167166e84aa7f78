-- The links among all records that hang together with two. $1 district, $2 and $3 the two.
with recursive around(id) as (
  select unnest(array[$2, $3]::uuid[])
  union
  select case when m.first_id = a.id then m.second_id else m.first_id end
    from around a
    join {matches} m on m.tenant_id = $1 and m.state = 'linked' and (m.first_id = a.id or m.second_id = a.id)
)
select m.first_id, m.second_id
  from {matches} m
 where m.tenant_id = $1 and m.state = 'linked' and m.first_id in (select id from around)
