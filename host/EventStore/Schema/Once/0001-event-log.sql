-- The log of what happened, and what is written together with it.

-- Positions. CACHE must stay 1: with more, a session hands out positions lower than ones already announced.
create sequence es.position_seq as bigint minvalue 0 start 0 cache 1;

-- Burn 0. An untouched sequence reports its first value before that value is used, so the first writer would
-- announce itself one too high and its event could be skipped.
select nextval('es.position_seq');

create table es.streams (
  tenant_id   smallint    not null check (tenant_id > 0),
  stream_id   uuid        not null,
  kind        text        not null,
  version     integer     not null,
  created_at  timestamptz not null default now(),
  updated_at  timestamptz not null default now(),
  archived_at timestamptz,
  primary key (tenant_id, stream_id)
);

create table es.events (
  tenant_id      smallint    not null,
  position       bigint      not null default nextval('es.position_seq'),
  stream_id      uuid        not null,
  version        integer     not null,
  event_id       uuid        not null,
  type           text        not null,
  schema         smallint    not null,
  data           jsonb       not null,
  actor          text,
  correlation_id uuid,
  causation_id   uuid,
  recorded_at    timestamptz not null default clock_timestamp(),
  -- A district's log lies together, in order.
  primary key (tenant_id, position),
  -- The last line of defence: whatever else fails, a version is written once.
  unique (tenant_id, stream_id, version)
);

-- A rebuild that wants few types walks this instead of the log.
create index events_by_type on es.events (tenant_id, type, position);

-- Events are facts. What may be done to them later (masking, erasure) gets its own door.
create function es.refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'events cannot be changed or deleted' using errcode = 'ES403';
end $$;
create trigger events_are_facts before update or delete on es.events
  for each row execute function es.refuse_change();
create trigger events_are_kept before truncate on es.events
  for each statement execute function es.refuse_change();

-- One row per command that was carried out, so that a repeated one has no second effect.
create table es.commands (
  tenant_id   smallint    not null,
  command_id  uuid        not null,
  result      jsonb,
  recorded_at timestamptz not null default now(),
  primary key (tenant_id, command_id)
);

-- What is still owed to the outside world.
create table es.outbox (
  id           bigint      generated always as identity primary key,
  tenant_id    smallint    not null,
  kind         text        not null,
  dedupe_key   text        not null,
  payload      jsonb       not null,
  due_at       timestamptz not null default now(),
  attempts     integer     not null default 0,
  leased_until timestamptz,
  done_at      timestamptz,
  error        text,
  unique (tenant_id, kind, dedupe_key)
);
create index outbox_due on es.outbox (due_at) where done_at is null;
