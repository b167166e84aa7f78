select exists (select from {rows} where tenant_id = $1 and source = $2 and ended_at is null)
