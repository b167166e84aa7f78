-- Most records tell of people that an earlier one told of: the same page of the same list. Each set of people is stored
-- once, and records say which. The id is a digest of the members, see AuditPeople.
create table es.audit_people (
  tenant_id smallint not null,
  id        uuid     not null,
  students  uuid[]   not null,
  others    uuid[]   not null,
  primary key (tenant_id, id)
);

create function es.audit_people_id(students uuid[], others uuid[]) returns uuid language sql immutable as $$
  select encode(substring(sha256(
    int4send(cardinality(students))
    || coalesce((select string_agg(uuid_send(p), ''::bytea order by i) from unnest(students) with ordinality u (p, i)), '')
    || coalesce((select string_agg(uuid_send(p), ''::bytea order by i) from unnest(others) with ordinality u (p, i)), ''))
    for 16), 'hex')::uuid
$$;

alter table es.audit_records disable trigger user;
alter table es.audit_records add people uuid;
update es.audit_records set people = es.audit_people_id(students, others);
insert into es.audit_people (tenant_id, id, students, others)
  select distinct tenant_id, people, students, others from es.audit_records;
alter table es.audit_records enable trigger user;

-- What content said is said by hash, which is made of it.
alter table es.audit_records alter people set not null, drop students, drop others, drop content;
drop function es.audit_people_id(uuid[], uuid[]);
drop function if exists es.audit_append(
  smallint, timestamptz[], text[], text[], text[], text[], text[], text[], text[], uuid[], integer[], uuid[], integer[],
  text[], bytea[]);
create index audit_records_by_people on es.audit_records (tenant_id, people, number);

-- Fifty students in a set are fifty entries. They wait in a list until autovacuum sorts them in, once a minute or so;
-- were the list short, somebody who reads of students would have to do that.
create index audit_people_by_person on es.audit_people using gin (students) with (gin_pending_list_limit = 1048576);

-- A record and whom it tells of.
create view es.access_records with (security_invoker = true) as
  select r.tenant_id, r.number, r.recorded_at, r.kind, r.action, r.via, r.actor, r.request_id, r.purpose,
         r.field_groups, r.people, p.students, p.others, r.detail
    from es.audit_records r join es.audit_people p on p.tenant_id = r.tenant_id and p.id = r.people;
