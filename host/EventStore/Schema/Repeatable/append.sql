-- One unit of work: any number of streams, sorted by id by the caller so that two units never wait for each other
-- in a circle. expected: -1 any version, 0 the stream must be new, n exactly n. counts says how many of the events
-- belong to each stream; archives closes a stream after its events.
-- ES409: another writer was faster. ES410: archived. ES404: nothing there to archive.
create or replace function es.append(
  t smallint, ids uuid[], kinds text[], expected integer[], counts integer[], archives boolean[],
  event_ids uuid[], types text[], schemas smallint[], bodies jsonb[],
  who text, correlation uuid, causation uuid)
returns table (stream_id uuid, version integer, last_position bigint) language plpgsql volatile as $$
#variable_conflict use_column
declare
  bases integer[] := '{}';
begin
  for i in 1 .. cardinality(ids) loop
    bases := bases || es.reserve(t, ids[i], kinds[i], expected[i], counts[i], archives[i]);
  end loop;

  -- After the stream locks and before the first nextval.
  perform es.enter(t);
  return query
    with streams as (
      select s.id, s.base, s.n, (sum(s.n) over (order by s.ord) - s.n)::integer as earlier
        from unnest(ids, bases, counts) with ordinality as s(id, base, n, ord)
    ), written as (
      insert into es.events
        (tenant_id, stream_id, version, event_id, type, schema, data, actor, correlation_id, causation_id)
      select t, f.id, f.base + f.k, event_ids[f.earlier + f.k], types[f.earlier + f.k], schemas[f.earlier + f.k],
             bodies[f.earlier + f.k], who, correlation, causation
        from (select s.*, k from streams s, generate_series(1, s.n) k order by s.earlier, k) f
      returning es.events.stream_id, es.events.version, es.events.position
    )
    select w.stream_id, max(w.version), max(w.position) from written w group by w.stream_id;
end $$;

-- Locks one stream, moves its version by n and returns the version before.
create or replace function es.reserve(
  t smallint, id uuid, new_kind text, expected integer, n integer, archive boolean)
returns integer language plpgsql volatile as $$
declare
  base     integer;
  archived timestamptz;
begin
  if expected = 0 then
    insert into es.streams (tenant_id, stream_id, kind, version, archived_at)
    values (t, id, new_kind, n, case when archive then now() end) on conflict do nothing;
    if found then
      return 0;
    end if;
  elsif expected > 0 or n = 0 then
    update es.streams s
       set version = s.version + n, updated_at = now(), archived_at = case when archive then now() end
     where s.tenant_id = t and s.stream_id = id and s.archived_at is null
       and (expected < 0 or s.version = expected)
    returning s.version - n into base;
    if found then
      return base;
    end if;
  else
    insert into es.streams as s (tenant_id, stream_id, kind, version, archived_at)
    values (t, id, new_kind, n, case when archive then now() end)
        on conflict (tenant_id, stream_id) do update
       set version = s.version + n, updated_at = now(), archived_at = case when archive then now() end
     where s.archived_at is null
    returning s.version - n into base;
    if found then
      return base;
    end if;
  end if;

  select s.version, s.archived_at into base, archived
    from es.streams s where s.tenant_id = t and s.stream_id = id;
  if archived is not null then
    raise exception 'stream % is archived', id using errcode = 'ES410';
  elsif base is null and n = 0 then
    raise exception 'stream % does not exist', id using errcode = 'ES404';
  end if;
  raise exception 'stream % is at version %, not %', id, coalesce(base, 0), expected using errcode = 'ES409';
end $$;
