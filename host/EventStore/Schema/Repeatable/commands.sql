-- Begins a unit of work: names the district and claims a command id. A second claim waits for the first to end, then fails with ES208 (already done), which undoes
-- everything else in its unit; the stored result is in es.commands.
create or replace function es.claim_command(t smallint, id uuid, outcome jsonb) returns void
language plpgsql volatile as $$
begin
  perform set_config('k12.tenant', t::text, true);
  insert into es.commands (tenant_id, command_id, result) values (t, id, outcome) on conflict do nothing;
  if not found then
    raise exception 'command % was already carried out', id using errcode = 'ES208';
  end if;
end $$;
