delete from {rows} r using {changes} c where r.tenant_id = $1 and r.id = c.id and c.change = 'withdrawn'
