-- Forgets a run that was taken back. $1 district, $2 run.
with gone as (delete from {table} where tenant_id = $1 and run_id = $2)
update {table} set closed_by = null where tenant_id = $1 and closed_by = $2
