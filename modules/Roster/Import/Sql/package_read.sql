-- Remembers a package. $1 district, $2 source, $3 checksum, $4 run, $5 when it began.
insert into {table} as was (tenant_id, source, checksum, run_id, started_at) values ($1, $2, $3, $4, $5)
on conflict (tenant_id, source, checksum) do update set (run_id, started_at) = (excluded.run_id, excluded.started_at)
