-- The dispatcher serves all districts. Its functions are the only door to messages across districts: they run with
-- the rights of the schema's owner, and see all districts whichever the caller has set. What names a district has the
-- rights of whoever asks instead, and finds messages of the district that the transaction has named.
--
-- Leases are compared with the database's clock, which all nodes share. When something is due is said by the caller,
-- whose clock said it when the message was written.

-- Takes up to n messages for as long as a lease lasts. attempts is the fence: whoever finishes must name the number
-- he was given, and a later lease has a later number.
create or replace function es.outbox_claim(n integer, moment timestamptz, lease interval, node text)
returns table (
  id bigint, tenant_id smallint, kind text, payload text, headers text, due_at timestamptz, attempt integer,
  tries integer)
language sql volatile security definer set search_path = pg_catalog, pg_temp as $$
  with due as materialized (
    select o.id from es.outbox o
     where o.done_at is null and o.dead_at is null and o.due_at <= moment
       and (o.leased_until is null or o.leased_until < clock_timestamp())
     order by o.due_at, o.id
     limit n for update skip locked)
  update es.outbox o
     set attempts = o.attempts + 1, leased_until = clock_timestamp() + lease, lease_owner = node
    from due where o.id = due.id
  returning o.id, o.tenant_id, o.kind, o.payload::text, o.headers::text, o.due_at, o.attempts, o.attempts - o.forgiven
$$;

-- Prolongs leases. Returns the messages that are still the caller's.
create or replace function es.outbox_renew(messages bigint[], fences integer[], lease interval)
returns setof bigint
language sql volatile security definer set search_path = pg_catalog, pg_temp as $$
  update es.outbox o set leased_until = clock_timestamp() + lease
    from unnest(messages, fences) m (message, fence)
   where o.id = m.message and o.attempts = m.fence and o.done_at is null and o.dead_at is null
     and o.leased_until is not null
  returning o.id
$$;

-- Ends an attempt. outcome: done; later (again at next_due, counted); dead (given up); back (again at next_due, not
-- counted). Returns whether the message was still the caller's.
create or replace function es.outbox_finish(
  message bigint, fence integer, outcome text, next_due timestamptz, why text)
returns boolean
language sql volatile security definer set search_path = pg_catalog, pg_temp as $$
  with mine as (
    update es.outbox o
       set leased_until = null, lease_owner = null,
           done_at = case when outcome = 'done' then now() end,
           dead_at = case when outcome = 'dead' then now() end,
           due_at = coalesce(next_due, o.due_at),
           forgiven = o.forgiven + case when outcome = 'back' then 1 else 0 end,
           error = case when outcome = 'done' then null when outcome = 'back' then o.error else why end
     where o.id = message and o.attempts = fence and o.done_at is null and o.dead_at is null
    returning o.id)
  select exists (select from mine)
$$;

-- What is open, by kind; done is what has not been pruned yet and was not discarded.
create or replace function es.outbox_standing(moment timestamptz)
returns table (kind text, due bigint, leased bigint, waiting bigint, dead bigint, oldest_due timestamptz)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select o.kind,
         count(*) filter (where o.dead_at is null and not s.leased and o.due_at <= moment),
         count(*) filter (where o.dead_at is null and s.leased),
         count(*) filter (where o.dead_at is null and not s.leased and o.due_at > moment),
         count(*) filter (where o.dead_at is not null),
         min(o.due_at) filter (where o.dead_at is null and o.due_at <= moment)
    from es.outbox o, lateral (select coalesce(o.leased_until >= clock_timestamp(), false) as leased) s
   where o.done_at is null
   group by o.kind order by o.kind
$$;

-- Deletes what was done before a moment of the database's clock, n at a time. Returns how many.
create or replace function es.outbox_prune(older_than interval, n integer) returns integer
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
declare
  gone integer;
begin
  with old as materialized (
    select o.id from es.outbox o where o.done_at < now() - older_than order by o.done_at limit n
       for update skip locked)
  delete from es.outbox o using old where o.id = old.id;
  get diagnostics gone = row_count;
  return gone;
end $$;

-- What was given up in a district, the latest first.
create or replace function es.outbox_dead_letters(t smallint, n integer)
returns table (id bigint, kind text, attempts integer, error text, dead_at timestamptz)
language sql stable set search_path = pg_catalog, pg_temp as $$
  select o.id, o.kind, o.attempts, o.error, o.dead_at from es.outbox o
   where o.tenant_id = t and o.done_at is null and o.dead_at is not null order by o.id desc limit n
$$;

-- A person's word about a dead letter of a district: try again now, or never again. Returns whether there was one.
create or replace function es.outbox_retry(t smallint, message bigint, moment timestamptz, who text) returns boolean
language sql volatile set search_path = pg_catalog, pg_temp as $$
  with again as (
    update es.outbox o set dead_at = null, due_at = moment, forgiven = o.attempts, handled_by = who
     where o.tenant_id = t and o.id = message and o.dead_at is not null and o.done_at is null
    returning o.id)
  select exists (select from again)
$$;

create or replace function es.outbox_discard(t smallint, message bigint, who text) returns boolean
language sql volatile set search_path = pg_catalog, pg_temp as $$
  with over as (
    update es.outbox o set done_at = now(), discarded_at = now(), handled_by = who
     where o.tenant_id = t and o.id = message and o.dead_at is not null and o.done_at is null
    returning o.id)
  select exists (select from over)
$$;
