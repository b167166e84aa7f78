update {rows} r set (row_hash, ended_at, {facts}) = row(s.row_hash, null, {staged_facts})
  from {sent} s
 where r.tenant_id = $1 and r.id = s.id and s.change in ('changed', 'returned')
