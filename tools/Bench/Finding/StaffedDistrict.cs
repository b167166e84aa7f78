using K12Hub.Bench.Page;
using K12Hub.GraphQL.Conventions;
using Npgsql;

namespace K12Hub.Bench.Finding;

/// <summary>A large district to ask in: 20,000 staff at 200 organizations, and some 5,000 chains of whom one asks. The
/// roster and who is what are rows as an import and ten years of work would have left them; chains are said.</summary>
internal static class StaffedDistrict
{
    private const int Organizations = 200;
    private const int Staff = 20_000;
    private const int OwnChains = 10;
    private const int AtOnce = 8;
    private const string Before = "00000000-0000-4000-8000-"; // An id of an organization, but for its number.

    private static readonly string[] Positions =
    [
        .. Enumerable.Range(1, 10).Select(i => $"office-{i}"), .. Enumerable.Range(1, 10).Select(i => $"school-{i}"),
    ];

    private static readonly string Roster =
        $"""
        insert into roster.organizations_v1 (tenant_id, id, source, sourced_id, name, type, row_hash)
        select 1, ('{Before}' || lpad(n::text, 12, '0'))::uuid, 'sis', 'place' || n, 'School ' || n,
               case when n % {Organizations} = 0 then 'district' else 'school' end, md5('o' || n)::uuid
          from generate_series(0, {Organizations - 1}) n;
        insert into roster.people_v1 (tenant_id, id, source, sourced_id, enabled, user_ids, given_name, family_name,
          agent_ids, grades, role_ids, is_student, is_staff, is_guardian, row_hash)
        select 1, md5('staff' || n)::uuid, 'sis', 'staff' || n, true, array[]::text[], 'Staff', 'Member ' || n,
               array[]::uuid[], array[]::text[], array[]::uuid[], false, true, false, md5('p' || n)::uuid
          from generate_series(0, {Staff - 1}) n
        """;

    private static readonly string Assignments =
        $"""
        insert into directory.assignments_v1 (tenant_id, id, person_id, position_id, organization_id, first_day, share,
          is_primary, stream_version)
        select 1, md5('assignment' || n)::uuid, md5('staff' || n)::uuid, p.id,
               ('{Before}' || lpad((n % {Organizations})::text, 12, '0'))::uuid, '2026-08-01', 1, true, 1
          from generate_series(0, {Staff - 1}) n
          join (select id, row_number() over (order by key) - 1 as i from directory.positions_v1) p
            on p.i = n / {Organizations} % {Positions.Length}
        """;

    private const string Describe =
        """
        mutation D($key: String!) {
          describePosition(input: { key: $key, language: "en", title: $key }) { errors { code } }
        }
        """;

    private const string Chain =
        """
        mutation C($area: String!, $school: ID, $steps: [ContactStepInput!]!) {
          setContactChain(input: { area: $area, schoolId: $school, audience: FAMILY, steps: $steps }) {
            errors { code }
          }
        }
        """;

    /// <summary>The global id of a school.</summary>
    public static string School(int number)
    {
        var id = $"{Before}{1 + (number % (Organizations - 1)):000000000000}";
        return NodeId.Encode("School", Guid.Parse(id))!;
    }

    /// <summary>Fills a district whose areas are described.</summary>
    /// <returns>How many chains were said.</returns>
    public static async Task<int> FillAsync(
        HubServer hub, string database, IReadOnlyCollection<string> areas, CancellationToken ct)
    {
        await ExecuteAsync(database, Roster, ct);
        foreach (var key in Positions) await SayAsync(hub, Describe, new { key }, "describePosition", ct);
        await ExecuteAsync(database, Assignments, ct);
        var chains = areas.SelectMany(area => Enumerable.Range(0, OwnChains + 1).Select(own => new
        {
            area,
            school = own == OwnChains ? null : School((area.Length * 7) + own),
            steps = new object[]
            {
                Step($"school-{1 + (own % 10)}", "SCHOOL", 2), Step($"school-{1 + ((own + 3) % 10)}", "SCHOOL", 3),
                Step($"office-{1 + (area.Length % 10)}", "DISTRICT", null),
            },
        })).ToList();
        await Parallel.ForEachAsync(
            chains, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = ct },
            async (chain, stop) => await SayAsync(hub, Chain, chain, "setContactChain", stop));
        return chains.Count;
    }

    private static object Step(string position, string place, int? days) =>
        new { position, place, moveOnAfterBusinessDays = days };

    private static async Task SayAsync(
        HubServer hub, string document, object variables, string field, CancellationToken ct)
    {
        var errors = (await hub.AskAsync(document, variables, ct)).GetProperty(field).GetProperty("errors");
        if (errors.ValueKind is not System.Text.Json.JsonValueKind.Null)
            throw new InvalidOperationException($"{field}: {errors}");
    }

    private static async Task ExecuteAsync(string database, string sql, CancellationToken ct)
    {
        await using var connection = new NpgsqlConnection(database);
        await connection.OpenAsync(ct);
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(ct);
    }
}
