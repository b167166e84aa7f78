-- Events are facts. There are two doors, and each opens only for what a function below names: one event of one
-- district whose content is replaced, or one district that goes as a whole. Whoever works as the program has no right
-- to change or delete events himself.

-- What runs with the rights of the schema's owner changes the district that the transaction has named, and no other.
create or replace function es.require_district(t smallint) returns void language plpgsql stable as $$
begin
  if current_setting('k12.tenant', true) is distinct from t::text then
    raise exception 'the transaction is not about district %', t using errcode = 'ES403';
  end if;
end $$;

create or replace function es.refuse_change() returns trigger language plpgsql as $$
declare
  door text := coalesce(current_setting('k12.door', true), '');
begin
  if tg_op = 'UPDATE' then
    if door = format('mask:%s:%s', old.tenant_id, old.position)
       and to_jsonb(new) - array['data', 'schema'] = to_jsonb(old) - array['data', 'schema'] then
      return new;
    end if;
  elsif tg_op = 'DELETE' then
    if door = format('destroy:%s', old.tenant_id) then
      return old;
    end if;
  elsif pg_relation_size(tg_relid) = 0 then
    return null; -- A file in which never was an event: nothing is lost when it begins anew.
  end if;
  raise exception 'events cannot be changed or deleted' using errcode = 'ES403';
end $$;

-- Replaces what some events of a stream say, by (district, position), and appends the event that says so. The stream's
-- version moves, also when it is archived: whoever loaded it before loses. Returns the position of the new event.
-- ES409: another writer was faster.
create or replace function es.mask_events(
  t smallint, stream uuid, expected integer, positions bigint[], schemas smallint[], bodies jsonb[],
  said_id uuid, said_type text, said_schema smallint, said jsonb, who text, why text)
returns bigint language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  said_at bigint;
begin
  perform es.require_district(t);
  update es.streams s set version = s.version + 1, updated_at = now()
   where s.tenant_id = t and s.stream_id = stream and s.version = expected;
  if not found then
    raise exception 'stream % is not at version %', stream, expected using errcode = 'ES409';
  end if;

  -- After the stream lock and before the first nextval.
  perform es.enter(t);
  insert into es.events (tenant_id, stream_id, version, event_id, type, schema, data, actor)
  values (t, stream, expected + 1, said_id, said_type, said_schema, said, who)
  returning position into said_at;
  for i in 1 .. cardinality(positions) loop
    perform set_config('k12.door', format('mask:%s:%s', t, positions[i]), true);
    update es.events e set data = bodies[i], schema = schemas[i]
     where e.tenant_id = t and e.position = positions[i] and e.stream_id = stream;
    if not found then
      raise exception 'stream % has no event at %', stream, positions[i] using errcode = 'ES404';
    end if;
    insert into es.maskings (tenant_id, position, actor, reason) values (t, positions[i], who, why);
  end loop;
  perform set_config('k12.door', '', true);
  delete from es.snapshots s where s.tenant_id = t and s.stream_id = stream;
  return said_at;
end $$;

-- Deletes everything of a district, from every table of this database that says whose its rows are. Returns how many
-- rows that were. Whoever still appends to the district must be stopped before.
create or replace function es.destroy_district(t smallint) returns bigint
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  found_table regclass;
  gone        bigint;
  total       bigint := 0;
begin
  perform es.require_district(t);
  perform pg_advisory_xact_lock(20123, t);
  perform set_config('k12.door', format('destroy:%s', t), true);
  for found_table in
    select c.oid::regclass
      from pg_class c join pg_namespace n on n.oid = c.relnamespace
      join pg_attribute a on a.attrelid = c.oid and a.attname = 'tenant_id' and not a.attisdropped
     where c.relkind in ('r', 'p') and not c.relispartition and n.nspname !~ '^(pg_|information_schema$)'
       and a.atttypid = 'smallint'::regtype
     order by c.oid::regclass::text
  loop
    execute format('delete from %s where tenant_id = $1', found_table) using t;
    get diagnostics gone = row_count;
    total := total + gone;
  end loop;
  perform set_config('k12.door', '', true);
  return total;
end $$;
