-- Who sees what. The schema's owner makes tables, makes rows anew and appends in bulk; the program works as a role that
-- owns nothing, and PostgreSQL shows it the rows of the district that it has named (k12.tenant), and none before.

create or replace function es.guarded_schemas() returns setof text language sql stable as $$
  select 'es'
  union select split_part(r.name, '.', 1) from es.read_tables r
  union select split_part(r.name, '.', 1) || '_next' from es.read_tables r
$$;

-- The tables that say whose their rows are; a partition is guarded by who makes it, and nobody may look into it.
create or replace function es.guarded_tables() returns setof regclass language sql stable as $$
  select c.oid::regclass from pg_class c join pg_namespace n on n.oid = c.relnamespace
   where c.relkind in ('r', 'p') and not c.relispartition and n.nspname in (select es.guarded_schemas())
     and exists (select from pg_attribute a
                  where a.attrelid = c.oid and a.attname = 'tenant_id' and not a.attisdropped)
$$;

-- The views in front of them.
create or replace function es.guarded_views() returns setof regclass language sql stable as $$
  select c.oid::regclass from es.read_tables r join pg_class c on c.oid = to_regclass(r.name) and c.relkind = 'v'
  union all select 'es.access_records'::regclass
$$;

-- Has PostgreSQL keep districts apart in a table, for its owner too; a view asks with the rights of whoever asks it.
-- The second policy is for the owner alone, who sees all districts in the functions that others call with his rights,
-- and on connections that say so. Says nothing where all is said already: it would wait for everybody who reads.
-- The owner is not asked about es.audit_people, so that es.audit_people_with may use its index.
create or replace function es.guard(target regclass) returns void language plpgsql volatile as $guard$
declare
  found_class pg_class;
  is_forced   boolean := target <> 'es.audit_people'::regclass;
begin
  select * into found_class from pg_class c where c.oid = target;
  if found_class.relkind = 'v' then
    if not coalesce('security_invoker=true' = any(found_class.reloptions), false) then
      execute format('alter view %s set (security_invoker = true)', target);
    end if;
    return;
  end if;

  if not exists (select from pg_policy p where p.polrelid = target and p.polname = 'district'
                    and p.polpermissive and p.polcmd = '*' and p.polroles = '{0}' and p.polwithcheck is null
                    and pg_get_expr(p.polqual, target)
                      = $$(tenant_id = (NULLIF(current_setting('k12.tenant'::text, true), ''::text))::smallint)$$) then
    execute format('drop policy if exists district on %s', target);
    execute format(
      $policy$create policy district on %s
        using (tenant_id = nullif(current_setting('k12.tenant', true), '')::smallint)
      $policy$, target);
  end if;
  if not exists (select from pg_policy p where p.polrelid = target and p.polname = 'all_districts'
                    and p.polroles = array[found_class.relowner]) then
    execute format('drop policy if exists all_districts on %s', target);
    execute format(
      $policy$create policy all_districts on %s to %I
        using (current_user <> session_user or current_setting('k12.districts', true) = 'all')
      $policy$, target, pg_get_userbyid(found_class.relowner));
  end if;
  if not found_class.relrowsecurity or found_class.relforcerowsecurity <> is_forced then
    execute format('alter table %s enable row level security, %s force row level security', target,
                   case when is_forced then '' else 'no' end);
  end if;
end $guard$;

create or replace function es.guard_all() returns void language plpgsql volatile as $$
declare
  found_table regclass;
begin
  for found_table in select t from es.guarded_tables() t union all select v from es.guarded_views() v loop
    perform es.guard(found_table);
  end loop;
end $$;

-- What the program's role may do with a table or view. Facts are not changed and not deleted, and what the installation
-- wrote down is read only. Says nothing where all is said already: grants of several nodes get in each other's way.
create or replace function es.admit_to(target regclass, application text) returns void
language plpgsql volatile as $$
declare
  in_schema regnamespace := (select c.relnamespace from pg_class c where c.oid = target);
  is_view   boolean := (select c.relkind = 'v' from pg_class c where c.oid = target);
  rights    text[] := case
    -- A chain of records is added to through es.audit_append alone.
    when is_view or target::text in ('es.schema_scripts', 'es.read_tables', 'es.rebuilds', 'es.audit_records',
                                     'es.audit_heads', 'es.audit_people') then '{select}'
    when target::text in ('es.events', 'es.maskings', 'es.erasures') then '{select,insert}'
    else '{select,insert,update,delete}' end;
begin
  if not has_schema_privilege(application, in_schema::oid, 'usage') then
    -- Two rebuilds may share a schema, and PostgreSQL lets only one of two grants at once succeed.
    perform pg_advisory_xact_lock(20121, 2);
    execute format('grant usage on schema %s to %I', in_schema, application);
  end if;
  if exists (select from unnest(rights) r where not has_table_privilege(application, target, r)) then
    execute format('grant %s on %s to %I', array_to_string(rights, ', '), target, application);
  end if;
end $$;

-- The same for all there is: the store's own tables, those that are read, and those that rebuilds are filling. What
-- sees all districts is for nobody else.
create or replace function es.admit(application text) returns void language plpgsql volatile as $$
declare
  found_table    regclass;
  found_function regprocedure;
begin
  for found_table in select t from es.guarded_tables() t union all select v from es.guarded_views() v
    union all select unnest(array['es.schema_scripts', 'es.read_tables', 'es.rebuilds'])::regclass
  loop
    perform es.admit_to(found_table, application);
  end loop;
  if not has_sequence_privilege(application, 'es.position_seq', 'select')
     or not has_sequence_privilege(application, 'es.position_seq', 'usage') then
    execute format('grant usage, select on sequence es.position_seq to %I', application);
  end if;
  for found_function in
    select p.oid::regprocedure from pg_proc p where p.pronamespace = 'es'::regnamespace and p.prosecdef
  loop
    if has_function_privilege('public', found_function, 'execute') then
      execute format('revoke execute on function %s from public', found_function);
    end if;
    if not has_function_privilege(application, found_function, 'execute') then
      execute format('grant execute on function %s to %I', found_function, application);
    end if;
  end loop;
end $$;
