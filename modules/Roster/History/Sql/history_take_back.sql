-- A run has never been: what it said holds at no time, and what it ended holds on. Both still name it, so that the
-- ledger of everybody concerned can be made anew. $1 district, $2 run.
update {table}
   set until_position = case when run_id = $2 then 0 else 9223372036854775807 end
 where tenant_id = $1 and (run_id = $2 or closed_by = $2)
