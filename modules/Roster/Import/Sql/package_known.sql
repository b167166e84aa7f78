-- When a package was read last, and whether another one took its place since. What was taken back, or never was applied,
-- took nobody's place. $1 district, $2 source, $3 checksum.
select p.started_at,
       exists (select from {table} q join roster.sync_runs r on r.tenant_id = q.tenant_id and r.id = q.run_id
                where q.tenant_id = $1 and q.source = $2 and q.started_at > p.started_at
                  and r.status in ('applied', 'unchanged'))
  from {table} p
 where p.tenant_id = $1 and p.source = $2 and p.checksum = $3
