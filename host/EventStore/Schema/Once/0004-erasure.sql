-- Personal data: keys of data subjects, and what was done to erase.

-- One key per data subject, wrapped in a key that is not in this database. Without wrapped_key the subject is erased:
-- what was encrypted under it can never be read again, and nothing more is stored about them.
create table es.subject_keys (
  tenant_id   smallint    not null,
  subject_id  uuid        not null,
  ring_key_id text,
  wrapped_key bytea,
  created_at  timestamptz not null default now(),
  erased_at   timestamptz,
  primary key (tenant_id, subject_id),
  check ((wrapped_key is null) = (erased_at is not null) and (wrapped_key is null) = (ring_key_id is null))
);
create index subject_keys_by_ring on es.subject_keys (tenant_id, ring_key_id) where wrapped_key is not null;
create index subject_keys_erased on es.subject_keys (tenant_id, erased_at) where erased_at is not null;

-- What was erased. The same entries are kept outside: after a restore the two are compared.
create table es.erasures (
  tenant_id  smallint    not null,
  erasure_id uuid        not null,
  subject_id uuid,
  reason     text        not null,
  actor      text,
  asked_at   timestamptz not null,
  done_at    timestamptz not null default clock_timestamp(),
  primary key (tenant_id, erasure_id)
);

-- Whose data a message holds; it is emptied with them.
alter table es.outbox add column subjects uuid[] not null default '{}';
create index outbox_subjects on es.outbox using gin (subjects) where subjects <> '{}';
