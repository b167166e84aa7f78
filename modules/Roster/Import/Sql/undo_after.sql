-- A position before all events of a run, and after all of the run before it: runs of a district do not overlap, but a
-- package that cannot even be opened is put on record at any time. $1 district, $2 run.
select coalesce(max(position), 0)
  from es.events
 where tenant_id = $1 and type = 'roster.sync_run_finished' and correlation_id <> $2
   and data ->> 'status' in ('applied', 'held', 'unchanged')
   and position < (select max(position) from es.events where tenant_id = $1 and stream_id = $2)
