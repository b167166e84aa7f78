-- How far a run is. $1 district, $2 source.
insert into {table} as was (tenant_id, source, step, collection, records, percent_read, started_at, updated_at)
values ($1, $2, $3, $4::text, $5, $6::integer, $7, $8)
on conflict (tenant_id, source) do update
   set (step, collection, records, percent_read, started_at, updated_at)
     = (excluded.step, excluded.collection, excluded.records, excluded.percent_read, excluded.started_at,
        excluded.updated_at)
