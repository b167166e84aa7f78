namespace K12Hub.App.Tests.Faults;

/// <summary>An account of the first district, to give roles to.</summary>
internal static class SomeAccount
{
    public const string Id = "00000000-0000-4000-8000-00000000000a";

    public const string Sql =
        $"""
        insert into accounts.accounts_v1
          (tenant_id, id, sign_in_name, name, state, is_first_administrator, has_second_factor, created_at,
           stream_version)
        values (1, '{Id}', 'reyes', 'Ms. Reyes', 'active', false, false, '2026-11-01', 1)
        """;
}
