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

create or replace trigger audit_people_stay before update or delete on es.audit_people
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

-- The sets of people in which somebody is, as a student or otherwise. PostgreSQL uses no index on members of an array
-- where row-level security is asked first; es.audit_people does not ask it of its owner (es.guard), and so this function
-- does.
create or replace function es.audit_people_with(t smallint, person uuid) returns uuid[]
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform es.require_district(t);
  return array(
    select p.id from es.audit_people p where p.tenant_id = t and p.students @> array[person]
     union
    select p.id from es.audit_people p where p.tenant_id = t and p.others <> '{}' and p.others @> array[person]);
end $$;

-- Adds records to the end of a district's chain, in one statement and in order, and the sets of people that no record
-- has told of before; the ends say where the members of each end. Returns the number of the last. ES424: a record tells
-- of a set that is not there, because somebody who knew it was mistaken.
create or replace function es.audit_append(
  t smallint, moments timestamptz[], kinds text[], actions text[], vias text[], actors text[], requests text[],
  purposes text[], groups_seen text[], people_seen uuid[], details text[], contents bytea[],
  new_people uuid[], all_students uuid[], student_ends integer[], all_others uuid[], other_ends integer[])
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

  if cardinality(new_people) > 0 then
    insert into es.audit_people (tenant_id, id, students, others)
    select t, n.id,
           all_students[coalesce(student_ends[n.i::integer - 1], 0) + 1 : student_ends[n.i::integer]],
           all_others[coalesce(other_ends[n.i::integer - 1], 0) + 1 : other_ends[n.i::integer]]
      from unnest(new_people) with ordinality n (id, i)
      on conflict do nothing;
  end if;
  if exists (select from unnest(people_seen) s (id)
              where not exists (select from es.audit_people p where p.tenant_id = t and p.id = s.id)) then
    raise exception 'a set of people is not known' using errcode = 'ES424';
  end if;

  before := last_number;
  for i in 1 .. cardinality(contents) loop
    last_number := last_number + 1;
    last_hash := sha256(last_hash || int2send(t) || int8send(last_number) || contents[i]);
    hashes[i] := last_hash;
  end loop;
  insert into es.audit_records (
    tenant_id, number, recorded_at, kind, action, via, actor, request_id, purpose, field_groups, people, detail, hash)
  select t, before + r.i, r.moment, r.kind, r.action, r.via, r.actor, r.request, r.purpose, r.seen, r.people,
         r.detail, r.hash
    from unnest(moments, kinds, actions, vias, actors, requests, purposes, groups_seen, people_seen, details, hashes)
      with ordinality r (moment, kind, action, via, actor, request, purpose, seen, people, detail, hash, i);
  update es.audit_heads h set number = last_number, hash = last_hash where h.tenant_id = t;
  return last_number;
end $$;
