-- Records of the audit trail are added and never changed. Nobody adds one but through es.audit_append, which knows the
-- record before; whoever goes around it leaves a chain that does not fit, see AuditVerification.

create or replace function es.refuse_audit_change() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' and coalesce(current_setting('k12.door', true), '') = format('destroy:%s', old.tenant_id) then
    return old; -- The district goes as a whole.
  end if;
  raise exception 'audit records cannot be changed or deleted' using errcode = 'ES403';
end $$;

create or replace trigger audit_records_stay before update or delete on es.audit_records
  for each row execute function es.refuse_audit_change();

-- Makes the partitions of this month and of some that follow, where no record of them has come before.
create or replace function es.audit_months(ahead integer) returns integer
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  first_day date;
  part      text;
  made      integer := 0;
begin
  perform pg_advisory_xact_lock(20140, 1);
  perform es.guard('es.audit_records_rest'::regclass);
  for first_day in
    select (date_trunc('month', now() at time zone 'UTC') + make_interval(months => i))::date
      from generate_series(0, ahead) i
  loop
    part := 'audit_records_' || to_char(first_day, 'YYYY_MM');
    if to_regclass('es.' || part) is null
       and not exists (select from es.audit_records_rest r
                        where r.recorded_at >= first_day::timestamp at time zone 'UTC'
                          and r.recorded_at < (first_day + interval '1 month')::timestamp at time zone 'UTC') then
      execute format(
        'create table es.%I partition of es.audit_records for values from (%L) to (%L)',
        part, first_day::timestamp at time zone 'UTC',
        (first_day + interval '1 month')::timestamp at time zone 'UTC');
      perform es.guard(('es.' || part)::regclass);
      made := made + 1;
    end if;
  end loop;
  return made;
end $$;

-- Adds records to the end of a district's chain, in one statement and in order. Of the people in all of them the ends
-- say where those of each record end. Returns the number of the last.
create or replace function es.audit_append(
  t smallint, moments timestamptz[], kinds text[], actions text[], vias text[], actors text[], requests text[],
  purposes text[], groups_seen text[], all_students uuid[], student_ends integer[], all_others uuid[],
  other_ends integer[], details text[], contents bytea[])
returns bigint language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  last_number bigint;
  last_hash   bytea;
  hashes      bytea[] := '{}';
  before      bigint;
begin
  perform es.require_district(t);
  select h.number, h.hash into last_number, last_hash from es.audit_heads h where h.tenant_id = t for update;
  if not found then
    insert into es.audit_heads (tenant_id, number, hash) values (t, 0, decode(repeat('00', 32), 'hex'))
      on conflict do nothing;
    select h.number, h.hash into last_number, last_hash from es.audit_heads h where h.tenant_id = t for update;
  end if;

  before := last_number;
  for i in 1 .. cardinality(contents) loop
    last_number := last_number + 1;
    last_hash := sha256(last_hash || int2send(t) || int8send(last_number) || contents[i]);
    hashes[i] := last_hash;
  end loop;
  insert into es.audit_records (
    tenant_id, number, recorded_at, kind, action, via, actor, request_id, purpose, field_groups, students, others,
    detail, content, hash)
  select t, before + r.i, r.moment, r.kind, r.action, r.via, r.actor, r.request, r.purpose, r.seen,
         all_students[coalesce(student_ends[r.i::integer - 1], 0) + 1 : student_ends[r.i::integer]],
         all_others[coalesce(other_ends[r.i::integer - 1], 0) + 1 : other_ends[r.i::integer]],
         r.detail, r.content, r.hash
    from unnest(moments, kinds, actions, vias, actors, requests, purposes, groups_seen, details, contents, hashes)
      with ordinality r (moment, kind, action, via, actor, request, purpose, seen, detail, content, hash, i);
  update es.audit_heads h set number = last_number, hash = last_hash where h.tenant_id = t;
  return last_number;
end $$;
