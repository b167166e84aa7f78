-- When the last run began that took in what a source sent. $1 district, $2 source, $3 beginning of the format.
select max(started_at)
  from roster.sync_runs
 where tenant_id = $1 and source = $2 and status in ('applied', 'unchanged') and starts_with(format, $3)
   -- Nor after one that was taken back: what it had read is to be read again.
   and started_at < coalesce((select min(b.started_at)
                                from roster.sync_runs b
                               where b.tenant_id = $1 and b.source = $2 and b.status = 'rolledBack'
                                 and not exists (select from roster.sync_runs a
                                                  where a.tenant_id = $1 and a.source = $2 and a.status = 'applied'
                                                    and a.started_at > b.started_at)), 'infinity')
