-- How far each projection has come, per district. The row is the lease (whoever locks it works), the fence (a worker
-- that lost its connection lost the lock with it) and the marker that makes every event count once: it moves in the
-- transaction that writes the rows.
create table es.projections (
  tenant_id  smallint    not null check (tenant_id > 0),
  name       text        not null,
  position   bigint      not null default 0,
  mode       text        not null default 'async' check (mode in ('async', 'paused', 'retired')),
  failure    jsonb,
  updated_at timestamptz not null default now(),
  primary key (tenant_id, name)
) with (fillfactor = 50);

-- Events a projection goes on without: it could not take them, or a person said so (skipped).
create table es.dead_letters (
  tenant_id  smallint    not null,
  projection text        not null,
  position   bigint      not null,
  stream_id  uuid        not null,
  type       text        not null,
  failure    jsonb       not null,
  skipped    boolean     not null,
  at         timestamptz not null default now(),
  primary key (tenant_id, projection, position)
);

-- The last rebuild of each projection.
create table es.rebuilds (
  projection text        primary key,
  version    integer     not null,
  step       text        not null,
  done       bigint      not null default 0,
  total      bigint      not null default 0,
  failure    jsonb,
  started_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
