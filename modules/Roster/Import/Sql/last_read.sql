-- When the last run began that took in what a source sent. $1 district, $2 source, $3 beginning of the format.
select max(started_at)
  from roster.sync_runs
 where tenant_id = $1 and source = $2 and status in ('applied', 'unchanged') and starts_with(format, $3)
