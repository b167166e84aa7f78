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

-- The position of the last settled event of the district that the transaction has named; 0 when there is none. Who keeps
-- his place anywhere but in this database goes on from here, and not from settled(): what was handed out is safe on disk
-- only once somebody has committed with it. After a crash positions that nobody committed are handed out once more, and a
-- place beyond them would skip whoever gets them then. A checkpoint is such a commit itself.
create or replace function es.settled_event(t smallint) returns bigint language plpgsql volatile as $$
declare
  upto bigint;
begin
  upto := es.settled(t);
  return coalesce(
    (select e.position from es.events e where e.tenant_id = t and e.position <= upto order by e.position desc limit 1), 0);
end $$;

-- PostgreSQL notes 32 positions ahead in its log, so that it need not note each. When the sequence was made and drawn
-- from in one transaction with wal_level = minimal, it believes that it has noted them, and has not: after a crash they
-- would be handed out a second time. Called after that transaction; once anything has happened it does nothing.
create or replace function es.note_positions() returns void language plpgsql volatile as $$
begin
  if not exists (select from es.streams) then
    -- Whoever draws a position has locked a stream before. One who is at it already works on a sequence that was noted
    -- by the program that let him begin.
    lock table es.streams in share mode nowait;
    perform setval('es.position_seq', last_value) from es.position_seq
      where is_called and not exists (select from es.streams);
  end if;
exception when lock_not_available then
  return;
end $$;
