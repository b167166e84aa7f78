-- What is known no longer of people who were erased stays as it is. $1 district, $2 the records.
insert into {staged} ({facts}, id, row_hash, line, deleted)
select {facts}, r.id, r.row_hash, 0, false from {rows} r where r.tenant_id = $1 and r.id = any($2)
