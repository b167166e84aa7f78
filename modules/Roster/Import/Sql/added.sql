-- In the order of the key, so that the pages of its index fill one after the other.
insert into {rows} (tenant_id, id, source, row_hash, {facts})
select $1, s.id, $2, s.row_hash, {staged_facts}
  from {changes} c join {staged} s using (id)
 where c.change = 'added'
 order by s.id
