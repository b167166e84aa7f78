-- How many records are not as they were when the run was held, or were erased since. $1 district, $2 run.
select count(*)::int
  from {held} h left join {rows} r on r.tenant_id = $1 and r.id = h.record_id
 where h.tenant_id = $1 and h.run_id = $2 and h.collection = '{collection}'
   and (r.row_hash is distinct from h.seen_hash
        or (h.change in ('changed', 'ended')) is distinct from (r.id is not null and r.ended_at is null)
        or (h.change <> 'ended' and h.data is null))
