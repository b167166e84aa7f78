-- Readers must see every event once, in an order that respects stream order, and never pass a position whose
-- writer has not committed yet. Writers announce themselves; readers stop below the lowest announcement.

-- A writer calls this after it has its stream locks and before it draws its first position. The lock's key is the
-- district and the last position handed out so far: every position this writer will draw is greater. Shared locks
-- never wait, and vanish with the transaction however it ends. Nothing else may take shared advisory locks.
create or replace function es.enter(t smallint) returns void language plpgsql volatile as $$
begin
  perform pg_advisory_xact_lock_shared((t::bigint << 48) | last_value) from es.position_seq;
end $$;

-- The highest position up to which every event of the district is committed or will never exist.
-- The order of the two statements is the proof: a position counted by the first was drawn before it, so its writer
-- was announced before it, so the second sees the writer or the writer has ended.
create or replace function es.settled(t smallint) returns bigint language plpgsql volatile as $$
declare
  handed_out    bigint;
  lowest_writer bigint;
begin
  if pg_is_in_recovery() then
    raise exception 'settled() needs the primary: a replica does not see writers' using errcode = 'ES400';
  end if;

  select last_value into handed_out from es.position_seq;
  select min(((l.classid::bigint & 65535) << 32) | l.objid::bigint) into lowest_writer
    from pg_locks l
   where l.locktype = 'advisory' and l.objsubid = 1 and l.mode = 'ShareLock' and l.granted
     and (l.classid::bigint >> 16) = t
     and l.database = (select oid from pg_database where datname = current_database());
  return least(handed_out, coalesce(lowest_writer, handed_out));
end $$;

-- Settled events in order. VOLATILE, so that the select takes a newer snapshot than settled(); the two must never
-- become one statement. A transaction that keeps one snapshot would read behind its own settled mark.
create or replace function es.read(t smallint, after bigint, lim integer, only_types text[] default null)
returns setof es.events language plpgsql volatile as $$
declare
  upto bigint;
begin
  if current_setting('transaction_isolation') <> 'read committed' then
    raise exception 'read() needs read committed, not %', current_setting('transaction_isolation')
      using errcode = 'ES400';
  end if;

  upto := es.settled(t);
  return query
    select * from es.events e
     where e.tenant_id = t and e.position > after and e.position <= upto
       and (only_types is null or e.type = any(only_types))
     order by e.position limit lim;
end $$;
