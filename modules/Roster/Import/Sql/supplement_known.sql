-- The run of a file, if it is the last one of its source and stands. $1 district, $2 source, $3 checksum.
select p.run_id
  from {packages} p
 where p.tenant_id = $1 and p.source = $2 and p.checksum = $3
   and p.run_id = (select r.id from {runs} r where r.tenant_id = $1 and r.source = $2
                    order by r.started_at desc limit 1)
   and exists (select from {runs} r where r.tenant_id = $1 and r.id = p.run_id
                  and r.status in ('applied', 'unchanged', 'held', 'rejected'))
