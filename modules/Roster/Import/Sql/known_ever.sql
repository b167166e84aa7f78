select id from {rows} where tenant_id = $1 and source = $2
