-- Of the people who would end, marks those who are only not sent: missing from now on, or waiting for the end of the
-- grace. Who ends and is staged all the same is marked there as deleted. $1 district, $2 since when somebody has to be
-- missing to end.
update {changes} c
   set change = case when m.id is null then 'missing' else 'waiting' end
  from {changes} who left join {missing} m on m.tenant_id = $1 and m.person_id = who.id and m.ended_at is null
 where c.id = who.id and c.change = 'ended' and (m.id is null or m.since > $2)
   and c.id not in (select id from {staged} where deleted)
