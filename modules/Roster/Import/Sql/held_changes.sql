-- What a held run would do. $1 district, $2 run.
insert into {changes} (id, change)
select record_id, change from {held} where tenant_id = $1 and run_id = $2 and collection = '{collection}'
