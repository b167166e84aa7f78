-- What names a district here has the rights of whoever asks, and finds rows of the district that the transaction has
-- named; only the list is of all districts, with the rights of the schema's owner.

-- Makes a recurring job known, or gives it another schedule. A changed schedule begins now: what the old one left
-- undone, or the new one would have fired before, is not made up for.
create or replace function es.job_register(
  t smallint, job_id text, what text, new_cron text, new_zone text, by_module boolean, moment timestamptz)
returns void
language sql volatile set search_path = pg_catalog, pg_temp as $$
  insert into es.jobs as j (tenant_id, id, job, cron, time_zone, declared, since)
  values (t, job_id, what, new_cron, new_zone, by_module, moment)
      on conflict (tenant_id, id) do update
     set job = what, cron = new_cron, time_zone = new_zone, declared = by_module,
         since = case when j.cron = new_cron and j.time_zone = new_zone then j.since else moment end
   where (j.job, j.cron, j.time_zone, j.declared) is distinct from (what, new_cron, new_zone, by_module)
$$;

create or replace function es.job_remove(t smallint, job_id text) returns boolean
language sql volatile set search_path = pg_catalog, pg_temp as $$
  with gone as (delete from es.jobs j where j.tenant_id = t and j.id = job_id returning j.id)
  select exists (select from gone)
$$;

create or replace function es.job_list()
returns table (
  tenant_id smallint, id text, job text, cron text, time_zone text, after timestamptz, declared boolean)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select j.tenant_id, j.id, j.job, j.cron, j.time_zone, greatest(j.since, j.last_fire_at), j.declared from es.jobs j
   order by j.tenant_id, j.id
$$;

-- A fire time has come: the run is owed from now on. Any number of nodes may say so; the first one wins, and a fire
-- time before one that was carried out is past.
create or replace function es.job_fire(
  t smallint, job_id text, fire timestamptz, next_fire timestamptz, body jsonb) returns boolean
language plpgsql volatile set search_path = pg_catalog, pg_temp as $$
declare
  what text;
begin
  update es.jobs j set last_fire_at = fire, next_fire_at = next_fire
   where j.tenant_id = t and j.id = job_id and fire > greatest(j.since, coalesce(j.last_fire_at, j.since))
  returning j.job into what;
  if not found then
    return false;
  end if;

  insert into es.outbox (tenant_id, kind, dedupe_key, payload, due_at)
  values (t, 'job.' || what,
          job_id || '@' || to_char(fire at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'), body, fire)
      on conflict (tenant_id, kind, dedupe_key) do nothing;
  return found;
end $$;

create or replace function es.job_next(t smallint, job_id text, next_fire timestamptz) returns void
language sql volatile set search_path = pg_catalog, pg_temp as $$
  update es.jobs j set next_fire_at = next_fire
   where j.tenant_id = t and j.id = job_id and j.next_fire_at is distinct from next_fire
$$;

-- What came of a run. A run that began before the one on record does not overwrite it.
create or replace function es.job_ran(
  t smallint, job_id text, started timestamptz, ended timestamptz, outcome text, why text) returns void
language sql volatile set search_path = pg_catalog, pg_temp as $$
  update es.jobs j set last_started_at = started, last_ended_at = ended, last_outcome = outcome, last_error = why
   where j.tenant_id = t and j.id = job_id and (j.last_started_at is null or j.last_started_at <= started)
$$;
