-- What streams had folded into at some version: a saving, never the truth. A row is used by the code that wrote it
-- alone.
create table es.snapshots (
  tenant_id smallint    not null,
  stream_id uuid        not null,
  -- Number of the aggregate's shape, and what identifies the code that folded.
  schema    smallint    not null,
  code      uuid        not null,
  version   integer     not null,
  -- The state; where personal data went into it, sealed under the keys of all these subjects together.
  data      jsonb       not null,
  subjects  uuid[]      not null,
  taken_at  timestamptz not null default now(),
  primary key (tenant_id, stream_id, schema)
);
create index snapshots_subjects on es.snapshots using gin (subjects) where subjects <> '{}';
