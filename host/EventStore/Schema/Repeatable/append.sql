-- One unit of work: any number of streams, sorted by id by the caller so that two units never wait for each other
-- in a circle. expected: -1 any version, 0 the stream must be new, n exactly n. counts says how many events each
-- stream gets; archives closes it after them. Events name their stream (1 is the first) and their place in it.
-- Returns the versions before the unit, and the last position.
-- ES409: another writer was faster. ES410: archived. ES404: nothing there to archive.
create or replace function es.append(
  t smallint, ids uuid[], kinds text[], expected integer[], counts integer[], archives boolean[],
  streams integer[], places integer[], event_ids uuid[], types text[], schemas smallint[], bodies jsonb[],
  who text, correlation uuid, causation uuid,
  out bases integer[], out last_position bigint) language plpgsql volatile as $$
begin
  bases := '{}';
  for i in 1 .. cardinality(ids) loop
    bases := bases || es.reserve(t, ids[i], kinds[i], expected[i], counts[i], archives[i]);
  end loop;

  if cardinality(event_ids) = 0 then
    last_position := 0;
    return;
  end if;

  -- After the stream locks and before the first nextval.
  perform es.enter(t);
  insert into es.events
    (tenant_id, stream_id, version, event_id, type, schema, data, actor, correlation_id, causation_id)
  select t, ids[e.stream], bases[e.stream] + e.place, e.event_id, e.type, e.schema, e.body, who, correlation, causation
    from unnest(streams, places, event_ids, types, schemas, bodies)
         with ordinality as e(stream, place, event_id, type, schema, body, nth)
   order by e.nth;
  last_position := currval('es.position_seq');
end $$;

-- Locks one stream, moves its version by n and returns the version before. Without a kind it must be there.
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
  elsif expected > 0 or new_kind = '' then
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
  elsif base is null and new_kind = '' then
    raise exception 'stream % does not exist', id using errcode = 'ES404';
  end if;
  raise exception 'stream % is at version %, not %', id, coalesce(base, 0), expected using errcode = 'ES409';
end $$;
