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
        select r.rolname::text, r.rolsuper, r.rolbypassrls from pg_roles r where r.rolname = current_user
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
        var (application, isSuper, bypasses) = await AskAsync(connections.Application, ct);
        var (owner, _, _) = await AskAsync(connections.Owner, ct);
        var why = isSuper ? "is a superuser"
            : bypasses ? "has BYPASSRLS"
            : application != owner && await BelongsAsync(connections.Owner, application, owner, ct)
                ? $"is a member of {owner}, which owns the tables"
                : null;
        return new(application, owner, why);
    }

    /// <summary>Refuses a role that would see every district whatever it says.</summary>
    /// <exception cref="SchemaException">It does.</exception>
    public DatabaseRoles Checked() => PassesPolicies is not { } why ? this : throw new SchemaException(
        $"database.role: {Application}, the role the program works as, {why}: PostgreSQL would not keep districts "
        + "apart. Give it a role of its own, without privileges, and name the owner of the tables apart from it.");

    private static async Task<(string Name, bool IsSuper, bool Bypasses)> AskAsync(
        NpgsqlDataSource source, CancellationToken ct)
    {
        await using var command = source.CreateCommand(WhoAmI);
        await using var row = await command.ExecuteReaderAsync(ct);
        await row.ReadAsync(ct);
        return (row.GetString(0), row.GetBoolean(1), row.GetBoolean(2));
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
