-- Ends what holds no longer since a run said otherwise. $1 district, $2 run.
update {table} before
   set until_position = said.from_position, closed_by = $2
  from {table} said
 where said.tenant_id = $1 and said.run_id = $2 and said.version > 1
   and before.tenant_id = $1 and before.record_id = said.record_id and before.version < said.version
   and before.until_position = 9223372036854775807
