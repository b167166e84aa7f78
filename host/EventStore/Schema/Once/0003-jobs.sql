-- What a dispatcher needs to know of a message, and the jobs that are due again and again.

alter table es.outbox
  add column recorded_at  timestamptz not null default now(),
  -- Who caused it and what it belongs to; never a payload.
  add column headers      jsonb,
  -- attempts only grows: it is the fence. What counts towards giving up is attempts - forgiven.
  add column forgiven     integer not null default 0,
  add column lease_owner  text,
  -- Given up: nobody tries again until a person says so.
  add column dead_at      timestamptz,
  -- A person said that it need not be done any more.
  add column discarded_at timestamptz,
  -- Who retried or discarded it last.
  add column handled_by   text;

-- What is open, in the order it is due. A lease changes no column of it, so that claiming writes no index.
drop index es.outbox_due;
create index outbox_due on es.outbox (due_at, id) where done_at is null and dead_at is null;
create index outbox_dead on es.outbox (tenant_id, id) where done_at is null and dead_at is not null;
create index outbox_done on es.outbox (done_at) where done_at is not null;

-- Every row is rewritten some times and then deleted.
alter table es.outbox set (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.02);

-- Jobs that are due again and again. Quartz says when; what is owed stands in es.outbox.
create table es.jobs (
  tenant_id       smallint    not null check (tenant_id > 0),
  id              text        not null,
  -- What runs: messages of kind 'job.<job>'.
  job             text        not null,
  cron            text        not null,
  time_zone       text        not null,
  -- Whether a module declared it; else somebody added it at run time.
  declared        boolean     not null,
  -- Fire times up to this moment are nobody's business: the job was not there, or had another schedule.
  since           timestamptz not null,
  last_fire_at    timestamptz,
  next_fire_at    timestamptz,
  last_started_at timestamptz,
  last_ended_at   timestamptz,
  last_outcome    text,
  last_error      text,
  primary key (tenant_id, id)
);
alter table es.jobs set (fillfactor = 50);
