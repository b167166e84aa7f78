using K12Hub.Hosting;

namespace K12Hub.Accounts;

/// <summary>What accounts and tokens may do by being what they are, and which of them somebody can use.</summary>
internal static class AccountGrants
{
    /// <summary>The first administrator is a district administrator: somebody has to give the first role.</summary>
    public static DerivedGrants FirstAdministrator { get; } = new(
        $$"""
        select id, 'districtAdministrator', null::text[], '{}'::uuid[], '{}'::uuid[], '{}'::uuid[],
               'The first administrator of the installation.', created_at, '{}'::uuid[]
          from {{AccountsTables.Accounts}}
         where tenant_id = $1 and id = any({{DerivedGrants.Asked}}) and is_first_administrator and state = 'active'
        """,
        $$"""
        select id from {{AccountsTables.Accounts}}
         where tenant_id = $1 and id > $3 and is_first_administrator and state = 'active' order by id limit $4
        """);

    /// <summary>What a token was given when it was made.</summary>
    public static DerivedGrants Tokens { get; } = new(
        $$"""
        select id, null::text, permissions, '{}'::uuid[], '{}'::uuid[], '{}'::uuid[],
               'A token of a program.', created_at, '{}'::uuid[]
          from {{AccountsTables.Tokens}}
         where tenant_id = $1 and id = any({{DerivedGrants.Asked}}) and revoked_at is null and expires_at > $3
        """,
        $$"""
        select id from {{AccountsTables.Tokens}}
         where tenant_id = $1 and id > $3 and revoked_at is null and expires_at > $2 and $9 = any(permissions)
         order by id limit $4
        """);

    /// <summary>A disabled account and a token that ended are nobody's.</summary>
    public static GrantHolders Holders { get; } = new(
        $$"""
        select id, 'account' from {{AccountsTables.Accounts}}
         where tenant_id = $1 and id = any($2) and state <> 'disabled'
        union all
        select id, 'token' from {{AccountsTables.Tokens}}
         where tenant_id = $1 and id = any($2) and revoked_at is null and expires_at > $3
        """);
}
