-- Who saw what of whom, what left the district, and what was refused: a chain of records per district.

-- The end of each chain. Whoever adds records locks it until they are committed, so that nodes take turns.
create table es.audit_heads (
  tenant_id smallint not null primary key,
  number    bigint   not null,
  hash      bytea    not null check (octet_length(hash) = 32)
) with (fillfactor = 20);

-- content is a digest of what the columns say, hash one of the record before and of content: es.audit_append.
create table es.audit_records (
  tenant_id    smallint    not null,
  number       bigint      not null,
  recorded_at  timestamptz not null,
  kind         text        not null check (kind in ('read', 'disclosure', 'security')),
  action       text        not null,
  via          text        not null,
  actor        text,
  request_id   text,
  purpose      text        check (length(purpose) <= 200),
  field_groups text        not null,
  students     uuid[]      not null,
  others       uuid[]      not null,
  detail       text,
  content      bytea       not null,
  hash         bytea       not null
) partition by range (recorded_at);
create index audit_records_by_number on es.audit_records (tenant_id, number);
create index audit_records_by_actor on es.audit_records (tenant_id, actor, number);

-- Fifty students in a record are fifty entries. They wait in a list until autovacuum sorts them in, once a minute or so;
-- were the list short, somebody who reads of students would have to do that.
create index audit_records_by_person on es.audit_records using gin (students, others)
  with (gin_pending_list_limit = 1048576);

-- Records come in the order of time.
create index audit_records_by_moment on es.audit_records using brin (recorded_at) with (autosummarize = on);

-- For moments that no month was made for.
create table es.audit_records_rest partition of es.audit_records default;
