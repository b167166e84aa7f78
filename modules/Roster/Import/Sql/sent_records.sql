-- The records that events are made of, as they were sent.
select s.id, c.change, {staged_facts}
  from {changes} c join {staged} s using (id)
 where c.change <> 'ended'
