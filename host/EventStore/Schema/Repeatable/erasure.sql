-- Keys of data subjects. Two-key advisory locks here cannot be mistaken for a writer's announcement, which has one key.

-- Stores the keys that a unit made and holds the others until it ends, so that an erasure comes before or after the
-- whole unit. wrapped is null for keys that are believed to be there.
-- ES411: there is a key already, or none, or its subject was erased.
create or replace function es.hold_keys(t smallint, subjects uuid[], ring_keys text[], wrapped bytea[]) returns void
language plpgsql volatile as $$
begin
  for i in 1 .. cardinality(subjects) loop
    if wrapped[i] is not null then
      insert into es.subject_keys (tenant_id, subject_id, ring_key_id, wrapped_key)
      values (t, subjects[i], ring_keys[i], wrapped[i]) on conflict do nothing;
    else
      perform from es.subject_keys k
        where k.tenant_id = t and k.subject_id = subjects[i] and k.erased_at is null for share;
    end if;
    if not found then
      raise exception 'the key of subject % is not as believed', subjects[i] using errcode = 'ES411';
    end if;
  end loop;
end $$;

create or replace function es.count_erased(t smallint) returns bigint language sql stable as $$
  select count(*) from es.subject_keys k where k.tenant_id = t and k.erased_at is not null
$$;

-- A bulk append does not hold a million keys; it holds this until it ends. Answers whether nobody was erased since it
-- counted. Counted, because times are those of statements and not of commits.
create or replace function es.hold_all_keys(t smallint, erased_before bigint) returns boolean
language plpgsql volatile as $$
begin
  perform pg_advisory_xact_lock_shared(20123, t);
  return es.count_erased(t) = erased_before;
end $$;

-- Destroys the key of a subject and what else the store itself holds in plain text. Waits for those that write about
-- them; the rows of read tables are cleared by the caller, afterwards and in the same transaction.
create or replace function es.erase_subject(t smallint, subject uuid) returns void language plpgsql volatile as $$
begin
  perform pg_advisory_xact_lock(20123, t);
  insert into es.subject_keys as k (tenant_id, subject_id, erased_at) values (t, subject, clock_timestamp())
      on conflict (tenant_id, subject_id) do update
     set wrapped_key = null, ring_key_id = null, erased_at = coalesce(k.erased_at, clock_timestamp());
  delete from es.snapshots s where s.tenant_id = t and s.subjects <> '{}' and s.subjects @> array[subject];
  update es.outbox o
     set payload = '{}', error = 'erased', leased_until = null, lease_owner = null,
         discarded_at = case when o.done_at is null then now() else o.discarded_at end,
         done_at = coalesce(o.done_at, now())
   where o.tenant_id = t and o.subjects <> '{}' and o.subjects @> array[subject];
end $$;

-- Empties the personal columns of a subject's rows in every version of a read table: the one that is read, and one that
-- a rebuild is filling beside it. A version without these columns is older or newer than this program; of an older one
-- the rows are deleted, a newer one is another program's to clear.
create or replace function es.clear_rows(
  t smallint, subject uuid, view_schema text, view_name text, newest integer,
  subject_column text, columns text[], emptied text[])
returns void language plpgsql volatile as $$
declare
  found_table record;
begin
  for found_table in
    select c.oid, substring(c.relname from '_v(\d+)$')::integer as version,
           array(select a.attname::text from pg_attribute a
                  where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped) as names
      from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where n.nspname in (view_schema, view_schema || '_next') and c.relkind in ('r', 'p')
       and c.relname ~ ('^' || view_name || '_v\d+$')
  loop
    if found_table.names @> (columns || subject_column) then
      execute format('update %s set %s where tenant_id = $1 and %I = $2',
        found_table.oid::regclass, es.emptying(columns, emptied), subject_column) using t, subject;
    elsif found_table.version < newest then
      execute format('delete from %s where tenant_id = $1', found_table.oid::regclass) using t;
    end if;
  end loop;
end $$;

-- For a rebuild that is about to put its rows in place, and holds up erasures: what was erased while it read is emptied
-- in its table too.
create or replace function es.clear_erased_rows(
  t smallint, filled text, subject_column text, columns text[], emptied text[])
returns void language plpgsql volatile as $$
begin
  execute format('update %s set %s where tenant_id = $1 and %I in '
    || '(select k.subject_id from es.subject_keys k where k.tenant_id = $1 and k.erased_at is not null)',
    filled::regclass, es.emptying(columns, emptied), subject_column) using t;
end $$;

-- The assignments of an update that empties columns; nothing stands for null.
create or replace function es.emptying(columns text[], emptied text[]) returns text language sql immutable as $$
  select string_agg(format('%I = %s', c, case e when '' then 'null' else quote_literal(e) end), ', ')
    from unnest(columns, emptied) x(c, e)
$$;
