using K12Hub.GraphQL.Conventions;
using Npgsql;

namespace K12Hub.Bench.Page;

/// <summary>What the policy costs: a page read by somebody whose permissions make a condition of it, against the page
/// with the same students read by somebody for whom no condition is needed; from one server, in turns.</summary>
internal static class PolicyPages
{
    private const string Fields =
        """
        { nodes { id sourcedId givenName familyName grade email identifier dateLastModified }
          pageInfo { hasNextPage endCursor } }
        """;

    // A program that sees people and how they are reached.
    private const string Give =
        """
        mutation Give($name: String!, $schools: [ID!], $until: DateTime!) {
          createToken(input: {
            name: $name, permissions: [], role: "integration", schoolIds: $schools, expiresAt: $until
          }) { givenToken { secret } errors { code message } } }
        """;

    public static async Task MeasureAsync(HubServer hub, PageLoad load, string database, CancellationToken ct)
    {
        var school = await LargestSchoolAsync(database, ct);
        var (atSchool, everywhere) = (
            await TokenAsync(hub, "at a school", [school], ct), await TokenAsync(hub, "everywhere", null, ct));
        var ofSchool = $"where: {{ schoolId: {{ eq: \"{school}\" }} }}";

        Console.WriteLine("what the policy costs: a viewer of one school (goal: at least 0.95 of no condition)");
        await load.MeasureAsync(
            [
                await PageBench.HubAsync(hub, Page(), ct, "one school", atSchool),
                await PageBench.HubAsync(hub, Page(ofSchool), ct, "all, asks for it"),
            ],
            ct);
        Console.WriteLine("what the policy costs: a viewer of the whole district (goal: at least 0.95)");
        await load.MeasureAsync(
            [
                await PageBench.HubAsync(hub, Page(), ct, "whole district", everywhere),
                await PageBench.HubAsync(hub, Page(), ct, "all permissions"),
            ],
            ct);
    }

    private static string Page(string? more = null) =>
        $"query Page($after: String) {{ students(first: 50, after: $after, {more}) {Fields} }}";

    private static async Task<string> TokenAsync(HubServer hub, string name, string[]? schools, CancellationToken ct)
    {
        var until = DateTimeOffset.UtcNow.AddDays(1).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", null);
        var given = (await hub.AskAsync(Give, new { name, schools, until }, ct)).GetProperty("createToken");
        return given.GetProperty("givenToken").ValueKind is System.Text.Json.JsonValueKind.Null
            ? throw new InvalidOperationException(given.GetProperty("errors").ToString())
            : given.GetProperty("givenToken").GetProperty("secret").GetString()!;
    }

    private static async Task<string> LargestSchoolAsync(string database, CancellationToken ct)
    {
        await using var connection = new NpgsqlConnection(database);
        await connection.OpenAsync(ct);
        await using var find = new NpgsqlCommand(
            """
            select school_id from roster.people where tenant_id = 1 and is_student and ended_at is null
               and school_id is not null group by 1 order by count(*) desc, 1 limit 1
            """,
            connection);
        return NodeId.Encode("School", (Guid)(await find.ExecuteScalarAsync(ct))!)!;
    }
}
