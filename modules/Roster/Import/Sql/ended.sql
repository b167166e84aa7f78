update {rows} r set ended_at = $2
  from {changes} c
 where r.tenant_id = $1 and r.id = c.id and c.change = 'ended'
