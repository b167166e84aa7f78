select id from {staged} where not deleted
union all
select id from {rows} r
 where r.tenant_id = $1 and r.source = $2 and r.ended_at is null
   and not exists (select from {staged} s where s.id = r.id)
