using Npgsql;

namespace K12Hub.EventStore;

/// <summary>Who works on the database, as the database knows them.</summary>
/// <param name="Application">Name of the role that everything but installing, rebuilding and bulk appends runs
/// as.</param>
/// <param name="Owner">Name of the role that owns the schema.</param>
/// <param name="PassesPolicies">Whether row-level security does not bind the application's role, and why.</param>
internal sealed record DatabaseRoles(string Application, string Owner, string? PassesPolicies)
{
    private const string WhoAmI =
        """
        select r.rolname::text, r.rolsuper, r.rolbypassrls, r.rolcreaterole
          from pg_roles r where r.rolname = current_user
        """;

    // Membership is enough: whoever has it becomes the other with SET ROLE, whatever is inherited.
    private const string MayBecome =
        """
        select format('may become %s, who %s', o.rolname,
                      case when o.rolsuper then 'is a superuser' else 'has BYPASSRLS' end)
          from pg_roles a, pg_roles o
         where a.rolname = $1 and o.oid <> a.oid and (o.rolsuper or o.rolbypassrls)
           and pg_has_role(a.oid, o.oid, 'member')
         order by o.rolname limit 1
        """;

    // Functions that serve all districts have the rights of whoever made them, and see none with the program's own.
    private const string StillOwns =
        """
        select 'owns ' || found.name from (
          select 1 as nth, c.oid::regclass::text as name from pg_class c
           where c.relkind in ('r', 'p') and c.relpersistence <> 't' and pg_get_userbyid(c.relowner) = $1
             and exists (select from pg_attribute a
                          where a.attrelid = c.oid and a.attname = 'tenant_id' and not a.attisdropped)
          union all
          select 2, p.oid::regprocedure::text from pg_proc p
           where p.prosecdef and p.pronamespace = to_regnamespace('es') and pg_get_userbyid(p.proowner) = $1) found
         order by found.nth, found.name limit 1
        """;

    private const string BelongsTo =
        """
        select coalesce((select pg_has_role(a.oid, o.oid, 'member') from pg_roles a, pg_roles o
                          where a.rolname = $1 and o.rolname = $2), false)
        """;

    /// <summary>What whoever runs the database should know.</summary>
    public IReadOnlyList<string> Notices => Application != Owner ? [] :
    [
        $"{Application} both owns the tables and works on them. Row-level security binds the owner too (FORCE), but "
        + "the owner could lift it: name a role of its own for each.",
    ];

    public static async Task<DatabaseRoles> AskAsync(StoreConnections connections, CancellationToken ct)
    {
        var (application, isSuper, bypasses, makesRoles) = await AskAsync(connections.Application, ct);
        var (owner, _, _, _) = await AskAsync(connections.Owner, ct);
        var why = isSuper ? "is a superuser"
            : bypasses ? "has BYPASSRLS"
            : application != owner && makesRoles ? "has CREATEROLE, with which it may become others"
            : application != owner ? await WhyNotBesideAsync(connections.Owner, application, owner, ct)
            : await FindAsync(connections.Owner, MayBecome, application, ct);
        return new(application, owner, why);
    }

    /// <summary>Refuses a role that would see every district whatever it says.</summary>
    /// <exception cref="SchemaException">It does.</exception>
    public DatabaseRoles Checked() => PassesPolicies is not { } why ? this : throw new SchemaException(
        $"database.role: {Application}, the role the program works as, {why}: PostgreSQL would not keep districts "
        + "apart. Give it a role of its own, without privileges, and name the owner of the tables apart from it.");

    private static async Task<(string Name, bool IsSuper, bool Bypasses, bool MakesRoles)> AskAsync(
        NpgsqlDataSource source, CancellationToken ct)
    {
        await using var command = source.CreateCommand(WhoAmI);
        await using var row = await command.ExecuteReaderAsync(ct);
        await row.ReadAsync(ct);
        return (row.GetString(0), row.GetBoolean(1), row.GetBoolean(2), row.GetBoolean(3));
    }

    private static async Task<string?> WhyNotBesideAsync(
        NpgsqlDataSource source, string application, string owner, CancellationToken ct) =>
        await BelongsAsync(source, application, owner, ct)
            ? $"is a member of {owner}, which owns the tables"
            : await FindAsync(source, MayBecome, application, ct)
                ?? await FindAsync(source, StillOwns, application, ct);

    private static async Task<string?> FindAsync(
        NpgsqlDataSource source, string question, string application, CancellationToken ct)
    {
        await using var command = source.CreateCommand(question);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = application });
        return await command.ExecuteScalarAsync(ct) as string;
    }

    private static async Task<bool> BelongsAsync(
        NpgsqlDataSource source, string application, string owner, CancellationToken ct)
    {
        await using var command = source.CreateCommand(BelongsTo);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = application });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = owner });
        return (bool)(await command.ExecuteScalarAsync(ct))!;
    }
}
