-- The daemon serves all districts; like the functions of the outbox, these see across them, with the rights of the
-- schema's owner.

-- The districts in which something happened: one step of an index for each, however long the log.
create or replace function es.districts() returns setof smallint
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  with recursive found as (
    (select s.tenant_id from es.streams s order by s.tenant_id limit 1)
    union all
    select (select s.tenant_id from es.streams s where s.tenant_id > f.tenant_id order by s.tenant_id limit 1)
      from found f where f.tenant_id is not null)
  select tenant_id from found where tenant_id is not null
$$;

-- Makes the missing checkpoints of these projections, then answers which of them have something to read, and how many
-- positions. Says nothing about what is settled: whoever works asks that himself.
create or replace function es.projections_behind(names text[])
returns table (tenant_id smallint, name text, mode text, lag bigint)
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
begin
  insert into es.projections as p (tenant_id, name)
  select d, n from es.districts() d cross join unnest(names) n
   where not exists (select from es.projections k where k.tenant_id = d and k.name = n)
      on conflict do nothing;

  return query
    select p.tenant_id, p.name, p.mode, e.position - p.position
      from es.projections p
           cross join lateral (select e.position from es.events e where e.tenant_id = p.tenant_id
                                order by e.position desc limit 1) e
     where p.name = any(names) and p.mode <> 'retired' and e.position > p.position;
end $$;
