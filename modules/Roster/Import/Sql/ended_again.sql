update {rows} r set (row_hash, ended_at, {facts}) = row(s.row_hash, c.ended_at, {staged_facts})
  from {staged} s, {changes} c
 where r.tenant_id = $1 and r.id = s.id and c.id = s.id and c.change = 'endedAgain'
