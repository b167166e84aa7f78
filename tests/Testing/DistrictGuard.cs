using Npgsql;

namespace K12Hub.Testing;

/// <summary>Asks PostgreSQL's own catalog whether it keeps districts apart, in whatever tables there are.</summary>
public static class DistrictGuard
{
    /// <summary>The tables that hold nothing of a district: which scripts ran, which read tables there are, which
    /// rebuild was last. Think twice before you add one.</summary>
    private static readonly string[] OfNobody = ["es.schema_scripts", "es.read_tables", "es.rebuilds"];

    // Staging tables of a run are in a schema that nobody but the owner may look into.
    private const string Catalog =
        """
        with t as (
          select c.oid, c.oid::regclass::text as name, c.relowner,
                 -- Nobody but the owner's functions can search members of an array by an index.
                 c.relrowsecurity and (c.relforcerowsecurity or c.oid = 'es.audit_people'::regclass) as guarded,
                 exists (select from pg_attribute a
                          where a.attrelid = c.oid and a.attname = 'tenant_id' and not a.attisdropped) as says
            from pg_class c join pg_namespace n on n.oid = c.relnamespace
           where c.relkind in ('r', 'p', 'm') and n.nspname !~ '^(pg_|information_schema$|roster_stage_)')
        select name || ' has no row-level security that is forced' from t where says and not guarded
        union all
        select name || ' has no policy that compares its district with the one that was named' from t
         where says and not exists (
           select from pg_policy p
            where p.polrelid = t.oid and p.polname = 'district' and p.polpermissive and p.polcmd = '*'
              and p.polroles = '{0}' and p.polwithcheck is null
              and pg_get_expr(p.polqual, t.oid)
                = $$(tenant_id = (NULLIF(current_setting('k12.tenant'::text, true), ''::text))::smallint)$$)
        union all
        select name || ' has a policy more: ' || p.polname from t join pg_policy p on p.polrelid = t.oid
         where p.polname <> 'district' and not (p.polname = 'all_districts' and p.polroles = array[t.relowner])
        union all
        select name || ' does not say whose its rows are' from t where not says and name <> all($1)
        union all
        select c.oid::regclass || ' asks with the rights of its owner'
          from pg_class c join pg_namespace n on n.oid = c.relnamespace
         where c.relkind = 'v' and n.nspname !~ '^(pg_|information_schema$)'
           and not coalesce('security_invoker=true' = any(c.reloptions), false)
        union all
        select p.oid::regprocedure || ' has the rights of its owner, and everybody may call it or say where it looks'
          from pg_proc p
         where p.prosecdef and p.pronamespace = 'es'::regnamespace
           and (has_function_privilege('public', p.oid, 'execute')
                or not coalesce('search_path=pg_catalog, pg_temp' = any(p.proconfig), false))
        union all
        select p.oid::regprocedure || ' believes whatever district it is told, with the rights of its owner'
          from pg_proc p
         where p.prosecdef and p.pronamespace = 'es'::regnamespace and 'smallint'::regtype = any(p.proargtypes)
           and p.prosrc not like '%perform es.require_district(t);%'
         order by 1
        """;

    /// <summary>What is wrong; empty when districts are kept apart.</summary>
    /// <param name="connectionString">The owner's.</param>
    /// <param name="ct">Cancels.</param>
    public static async Task<IReadOnlyList<string>> ComplaintsAsync(string connectionString, CancellationToken ct)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(ct);
        await using var ask = new NpgsqlCommand(Catalog, connection)
        {
            Parameters = { new NpgsqlParameter<string[]> { TypedValue = OfNobody } },
        };
        await using var rows = await ask.ExecuteReaderAsync(ct);
        var found = new List<string>();
        while (await rows.ReadAsync(ct))
        {
            found.Add(rows.GetString(0));
        }

        return found;
    }
}
