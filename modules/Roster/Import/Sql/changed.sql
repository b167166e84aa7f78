update {rows} r set (row_hash, ended_at, {facts}) = row(s.row_hash, null, {staged_facts})
  from {changes} c join {staged} s using (id)
 where r.tenant_id = $1 and r.id = c.id and c.change in ('changed', 'returned')
