-- Keeps what a held run would do: what is to be stored as it was sent, what has ended by its id, and of both how the
-- stored record was. $1 district, $2 run.
insert into {held} (tenant_id, run_id, collection, record_id, change, seen_hash, person_id, data)
select $1, $2, '{collection}', c.id, c.change, r.row_hash, {person}, case when c.change <> 'ended' then to_jsonb(s)::text end
  from {found} c
  left join {staged} s on s.id = c.id
  left join {rows} r on r.tenant_id = $1 and r.id = c.id
