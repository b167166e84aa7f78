-- What could not be read is taken to be as it was: its stored row is staged in its place. $1 district, $2 source,
-- $3 ids, or null for every row that is not staged.
insert into {staged} ({facts}, id, row_hash, line, deleted)
select {facts}, r.id, r.row_hash, 0, false
  from {rows} r
 where r.tenant_id = $1 and r.source = $2 and r.ended_at is null and ($3::uuid[] is null or r.id = any($3))
   and not exists (select from {staged} s where s.id = r.id)
