-- The last good run of each source that sends schools, and when it began. Its data is no younger.
select distinct on (r.source) r.id, r.started_at, r.source from roster.sync_runs r
 where r.status in ('applied', 'unchanged')
   and exists (select from roster.organizations o where o.source = r.source)
 order by r.source, r.started_at desc
