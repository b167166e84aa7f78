using System.Net;
using System.Net.Http.Headers;
using K12Hub.GraphQL.Conventions;

namespace K12Hub.App.Tests.Audit;

/// <summary>What changes who may do what, and what is refused, is in the audit trail of the running program, by
/// whatever way it came; and its chain fits.</summary>
public sealed class SecurityRecordsTests : IAsyncLifetime
{
    private readonly AuditedDistrict district = new();

    private string Folder => district.Folders.Data;

    public ValueTask InitializeAsync() => district.InitializeAsync();

    public ValueTask DisposeAsync() => district.DisposeAsync();

    [Fact]
    public async Task Roles_tokens_accounts_links_and_erasures_are_written_down_with_who_did_it()
    {
        await VerbAsync("user", "add", "canary@lincoln.example", "--name", "Canary Name");
        var account = await district.ScalarAsync<Guid>("select id from accounts.accounts_v1");
        var people = await district.ScalarAsync<Guid[]>(
            "select array(select id from roster.people_v1 where is_staff order by id limit 2)");
        await AskAsync(
            $$"""
            mutation { grantRole(input: {accountId: "{{account}}", role: "auditor", reason: "canary"}) {
              grant { id } } }
            """);
        await AskAsync(
            $$"""
            mutation { linkAccountToPerson(input: {accountId: "{{account}}", personId:
              "{{NodeId.Encode("Person", people[0])}}"}) { accountLink { id } } }
            """);
        await VerbAsync("person", "erase", $"{people[1]}", "--reason", "canary 17", "--yes");
        await VerbAsync("token", "create", "lms", "--permission", "roster.read");
        await VerbAsync("token", "revoke", "lms");
        await VerbAsync("keys", "rotate");
        await district.UntilAsync("select count(*) from es.audit_records where action = 'api_token.revoked'", 1);

        Assert.Equal(
            $"account.created cli, account.invited cli, policy.role_given {district.Actor}, "
            + $"roster.account_linked {district.Actor}, roster.person_erased cli, api_token.created cli, "
            + "api_token.revoked cli",
            await district.ScalarAsync<string>(
                $"""
                select string_agg(action || ' ' || split_part(actor, ':', 1), ', ' order by number)
                  from es.audit_records where via = 'event' and detail::json ->> 'stream' <> '{district.Actor}'
                """));
        Assert.Equal(1, await district.CountAsync("action = 'keys.rotated'"));
        Assert.Equal(0, await district.CountAsync(
            "audit_records::text ~* 'canary' or audit_records::text like '%' || encode('canary', 'hex') || '%'"));
        await VerbAsync("audit", "verify");
    }

    [Fact]
    public async Task A_field_and_a_route_that_are_refused_are_written_down()
    {
        var secret = await VerbAsync("token", "create", "reader", "--permission", "roster.read");
        await district.Hub.AskAsync("{ outboxMessages { nodes { id } } }", secret);
        using var client = district.Hub.Client();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", secret);
        using var file = await client.GetAsync(
            new Uri("/graphql/data-quality.csv?school=canary", UriKind.Relative), HubProcess.Ct);
        Assert.Equal(HttpStatusCode.Forbidden, file.StatusCode);

        await district.Hub.StopAsync(); // What was counted and waits is written at the end.

        Assert.Equal(
            """
            {"what":["Query.outboxMessages"],"address":"127.0.0.1"}
            {"what":["/graphql/data-quality.csv"],"address":"127.0.0.1"}
            """,
            await district.ScalarAsync<string>(
                "select string_agg(detail, E'\n' order by number) from es.audit_records where action = 'auth.denied'"));
        Assert.Equal(0, await district.CountAsync("audit_records::text ~* 'canary'"));
    }

    [Fact]
    public async Task They_are_listed_by_kind_actor_and_moment_and_that_somebody_looked_is_written_down()
    {
        var account = Guid.CreateVersion7();
        await VerbAsync("token", "create", "lms", "--permission", "roster.read");
        var between = DateTimeOffset.UtcNow;
        await VerbAsync("token", "revoke", "lms");
        await district.UntilAsync("select count(*) from es.audit_records where action = 'api_token.revoked'", 1);
        var before = await district.EndAsync();

        Assert.Equal(
            ["api_token.revoked", "api_token.created", "api_token.created"],
            await ListAsync("""actions: ["api_token.created", "api_token.revoked"]"""));
        Assert.Equal(
            ["api_token.revoked"],
            await ListAsync($"""actions: ["api_token.created", "api_token.revoked"], from: "{between:O}" """));
        var own = await ListAsync($"actor: \"{district.Actor}\"");
        Assert.Contains("token.used", own);
        Assert.DoesNotContain("api_token.revoked", own);
        var all = await ListAsync("first: 100");
        Assert.Contains("settings.first", all);
        Assert.DoesNotContain("view", all);
        Assert.Empty(await ListAsync($"actor: \"{account}\""));
        Assert.Equal(5, (await district.SinceAsync(before)).Count(record => record.FieldGroups == "audit"));
        string[] fields = ["securityRecords(actor: $t)", "securityRecords(actions: [$t])", "accessedBy(actor: $t)"];
        foreach (var field in fields)
        {
            var unstorable = field.Replace("$t", """ "a\u0000" """, StringComparison.Ordinal);
            var answer = await district.Hub.AskAsync($"{{ {unstorable} {{ nodes {{ action }} }} }}");
            Assert.Contains("FILTER_INVALID", answer.ToString(), StringComparison.Ordinal);
        }

        var secret = await VerbAsync("token", "create", "reader", "--permission", "roster.read");
        var refused = await district.Hub.AskAsync("{ securityRecords { nodes { action } } }", secret);
        Assert.Contains("AUTH_NOT_AUTHORIZED", refused.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Settings_that_are_others_than_at_the_last_start_are_written_down_by_name()
    {
        Assert.Equal(1, await district.CountAsync("action = 'settings.first'"));
        await district.Hub.StopAsync();
        using var same = await HubProcess.ServeAsync(Folder, district.Environment);
        await same.StopAsync();
        Assert.Equal(1, await district.CountAsync("via = 'serve'"));

        using var changed = await HubProcess.ServeAsync(Folder, [
            .. district.Environment, ("K12HUB__Accounts__IdleMinutes", "15"),
            ("K12HUB__OneRoster__Sources__sis__BaseUrl", "https://sis.example/ims/oneroster/v1p1"),
            ("K12HUB__OneRoster__Sources__sis__ClientId", "hub"),
            ("K12HUB__OneRoster__Sources__sis__ClientSecret", "canary")]);
        await changed.StopAsync();

        Assert.Equal(
            """{"what":["Accounts:IdleMinutes","OneRoster:Sources:sis:BaseUrl","OneRoster:Sources:sis:ClientId","""
            + "\"OneRoster:Sources:sis:ClientSecret\"]}",
            await district.ScalarAsync<string>(
                "select detail from es.audit_records where action = 'settings.changed'"));
        var kept = await File.ReadAllTextAsync(Path.Combine(Folder, "settings-seen.json"), HubProcess.Ct);
        Assert.DoesNotContain("canary", kept, StringComparison.Ordinal);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(
                UnixFileMode.UserRead | UnixFileMode.UserWrite,
                File.GetUnixFileMode(Path.Combine(Folder, "settings-seen.json")));
        }
    }

    private async Task<List<string>> ListAsync(string which)
    {
        var answer = await district.Hub.AskAsync($"{{ securityRecords({which}) {{ nodes {{ action at detail }} }} }}");
        Assert.False(answer.TryGetProperty("errors", out var errors), errors.ToString());
        return [.. answer.GetProperty("data").GetProperty("securityRecords").GetProperty("nodes").EnumerateArray()
            .Select(one => one.GetProperty("action").GetString()!)];
    }

    private async Task AskAsync(string mutation)
    {
        var answer = await district.Hub.AskAsync(mutation);
        Assert.False(answer.TryGetProperty("errors", out var errors), errors.ToString());
    }

    private async Task<string> VerbAsync(params string[] arguments)
    {
        using var verb = HubProcess.Start([.. arguments, "--data", Folder], district.Environment);
        await verb.EndAsync();
        Assert.True(verb.ExitCode == 0, verb.Errors);
        return verb.Output.Trim();
    }
}
