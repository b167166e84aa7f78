-- Stages again what a held run was sent. $1 district, $2 run.
insert into {staged}
select r.*
  from {held} h cross join lateral jsonb_populate_record(null::{staged}, h.data::jsonb) r
 where h.tenant_id = $1 and h.run_id = $2 and h.collection = '{collection}' and h.data is not null
