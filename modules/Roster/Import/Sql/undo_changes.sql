-- The opposite of what a run did, from its events. $1 district, $2 position before them, $3 run.
insert into {changes} (id, change, version)
select stream_id,
       case type when 'roster.{noun}_added' then 'withdrawn'
                 when 'roster.{noun}_changed' then 'changed'
                 when 'roster.{noun}_ended' then 'returned'
                 else 'endedAgain' end,
       version
  from es.events
 where tenant_id = $1 and position > $2 and correlation_id = $3
   and type = any(array['roster.{noun}_added', 'roster.{noun}_changed', 'roster.{noun}_ended', 'roster.{noun}_returned'])
