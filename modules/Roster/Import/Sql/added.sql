insert into {rows} (tenant_id, id, source, row_hash, {facts})
select $1, s.id, $2, s.row_hash, {staged_facts}
  from {sent} s
 where s.change = 'added'
 {order}
