-- Ends have done their work. $1 district, $2 run.
delete from {table} where tenant_id = $1 and run_id = $2 and until_position = from_position
