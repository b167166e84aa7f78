-- Stores a snapshot, unless a newer one of the same code is there or somebody it is about was erased meanwhile.
create or replace function es.take_snapshot(
  t smallint, stream uuid, shape smallint, folded_by uuid, at_version integer, state jsonb, about uuid[]) returns void
language plpgsql volatile as $$
declare
  held integer;
begin
  perform from es.subject_keys k where k.tenant_id = t and k.subject_id = any(about) and k.erased_at is null for share;
  get diagnostics held = row_count;
  if held < cardinality(about) then
    return;
  end if;

  insert into es.snapshots as s (tenant_id, stream_id, schema, code, version, data, subjects)
  values (t, stream, shape, folded_by, at_version, state, about)
      on conflict (tenant_id, stream_id, schema) do update
     set code = excluded.code, version = excluded.version, data = excluded.data, subjects = excluded.subjects,
         taken_at = now()
   where s.version < excluded.version or s.code <> excluded.code;
end $$;
