using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using K12Hub.Accounts;
using K12Hub.GraphQL.Conventions;
using K12Hub.Testing;

namespace K12Hub.App.Tests.Accounts;

/// <summary>The first administrator, from the console to an answer of the API, in the real program.</summary>
public sealed partial class SigningInTests(ServedHub served) : IClassFixture<ServedHub>
{
    private readonly Dictionary<string, string> cookies = [];
    private string page = "";
    private string? location;

    [Fact]
    public async Task The_code_on_the_console_makes_the_first_administrator_who_then_asks_the_api()
    {
        await HubProcess.UntilAsync(() => Task.FromResult(SetUpCode().IsMatch(served.Hub.Errors)));
        await SendAsync("/set-up");
        await SendAsync(
            "/set-up", ("code", SetUpCode().Match(served.Hub.Errors).Groups[1].Value), ("name", "okafor"),
            ("yourName", "Principal Okafor"), ("password", "four yellow wheels turn"));
        Assert.Equal("/sign-in/set-up", location);
        await SendAsync(location!);
        var code = Totp.CodeAt(Key().Match(page).Groups[1].Value, TimeProvider.System.GetUtcNow());
        await SendAsync("/sign-in/set-up", ("code", code));
        Assert.Contains("Recovery codes", page, StringComparison.Ordinal);

        Assert.Contains("\"totalCount\":", await AskAsync("same-origin"), StringComparison.Ordinal);
        Assert.Contains("AUTH_NOT_AUTHENTICATED", await AskAsync("cross-site"), StringComparison.Ordinal);
        await SendAsync("/set-up");
        Assert.Equal("", page);
        using var list = await HubProcess.RunAsync("user", "list", "--json", "--data", served.Folders.Data);
        Assert.Contains("\"signInName\":\"okafor\"", list.Output, StringComparison.Ordinal);
        using var add = await HubProcess.RunAsync(
            "user", "add", "reyes", "--name", "Ms. Reyes", "--json", "--data", served.Folders.Data);
        Assert.Contains("/invitation/", add.Output, StringComparison.Ordinal);
        using var disable = await HubProcess.RunAsync("user", "disable", "okafor", "--data", served.Folders.Data);
        Assert.Equal(0, disable.ExitCode);
        Assert.Contains("AUTH_NOT_AUTHENTICATED", await AskAsync("same-origin"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_program_gets_a_token_from_the_console_and_loses_it_there()
    {
        string[] data = ["--data", served.Folders.Data];
        using var given = await HubProcess.RunAsync(["token", "create", "SIS", "--permission", "roster.read", .. data]);
        var token = given.Output.Trim();
        Assert.Matches("^k12_[A-Za-z0-9_-]{43}$", token);

        Assert.Contains("\"totalCount\":", await AskWithAsync(token), StringComparison.Ordinal);
        using var list = await HubProcess.RunAsync(["token", "list", .. data]);
        Assert.Contains("SIS", list.Output, StringComparison.Ordinal);
        using var revoked = await HubProcess.RunAsync(["token", "revoke", "SIS", .. data]);
        Assert.Equal(0, revoked.ExitCode);

        // The server remembers it for five seconds: the console is another process.
        await HubProcess.UntilAsync(async () =>
            (await AskWithAsync(token)).Contains("AUTH_NOT_AUTHENTICATED", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_token_with_a_role_for_a_school_sees_that_school_alone()
    {
        var hub = served.Hub;
        var all = await hub.AskAsync("{ schools(first: 2) { nodes { id name } } }");
        var school = all.GetProperty("data").GetProperty("schools").GetProperty("nodes")[0];
        var id = NodeId.Decode<Guid>("School", school.GetProperty("id").GetString()!);
        string[] create = ["token", "create", "school", "--role", "schoolAdministrator", "--school"];
        using var given = await HubProcess.RunAsync([.. create, $"{id}", "--data", served.Folders.Data]);
        Assert.True(given.ExitCode == 0, given.Errors);

        var seen = await hub.AskAsync("{ students(first: 100) { nodes { school { name } } } }", given.Output.Trim());
        var names = seen.GetProperty("data").GetProperty("students").GetProperty("nodes").EnumerateArray()
            .Select(student => student.GetProperty("school").GetProperty("name").GetString()).Distinct();
        Assert.Equal([school.GetProperty("name").GetString()], names);

        using var nothing = await HubProcess.RunAsync(["token", "create", "none", "--data", served.Folders.Data]);
        Assert.Equal(ExitCodes.BadInput, nothing.ExitCode);
    }

    [Fact]
    public async Task With_a_database_that_was_named_there_is_no_development_token()
    {
        await using var database = await TestDatabase.CreateAsync();
        using var folders = new Folders();
        using var hub = await HubProcess.ServeAsync(
            folders.Data, ("K12HUB__Database__ConnectionString", database.ApplicationConnectionString),
            ("K12HUB__Database__OwnerConnectionString", database.ConnectionString), HubProcess.DemoOf(0));

        Assert.Equal($"K12Hub ready at {hub.Address}", hub.Output.Trim());
        Assert.False(File.Exists(Path.Combine(folders.Data, "token")));
        await hub.StopAsync();
    }

    [Fact]
    public async Task Only_a_proxy_that_is_named_says_where_people_come_from()
    {
        foreach (var (proxies, last) in new[]
        {
            ("", HttpStatusCode.TooManyRequests), ("127.0.0.1", HttpStatusCode.Unauthorized),
        })
        {
            using var folders = new Folders();
            using var hub = await HubProcess.ServeAsync(
                folders.Data, ("K12HUB__Server__TrustedProxies", proxies), HubProcess.DemoOf(0));

            Assert.Equal(last, await GuessAsync(hub));
            await hub.StopAsync();
        }
    }

    /// <summary>Guesses from another network each time, by what the header says.</summary>
    private static async Task<HttpStatusCode> GuessAsync(HubProcess hub)
    {
        using var client = hub.Client();
        var last = HttpStatusCode.OK;
        for (var i = 0; i < 24; i++)
        {
            using var form = await client.GetAsync(new Uri("/sign-in", UriKind.Relative), HubProcess.Ct);
            var cookie = form.Headers.GetValues("Set-Cookie").First().Split(';')[0];
            var token = Token().Match(await form.Content.ReadAsStringAsync(HubProcess.Ct)).Groups[1].Value;
            using var guess = new HttpRequestMessage(HttpMethod.Post, "/sign-in")
            {
                Content = new FormUrlEncodedContent(
                    [new("formToken", token), new("name", $"somebody{i}"), new("password", "guess")]),
            };
            guess.Headers.Add("Cookie", cookie);
            guess.Headers.Add("X-Forwarded-For", $"10.0.{i}.1");
            using var answer = await client.SendAsync(guess, HubProcess.Ct);
            last = answer.StatusCode;
        }

        return last;
    }

    private async Task<string> AskWithAsync(string token)
    {
        var hub = served.Hub;
        using var client = hub.Client();
        client.DefaultRequestHeaders.Authorization = new("Bearer", token);
        using var content = new StringContent(
            """{"query":"{ schools { totalCount } }"}""", Encoding.UTF8, "application/json");
        using var answer = await client.PostAsync(new Uri("/graphql", UriKind.Relative), content, HubProcess.Ct);
        return await answer.Content.ReadAsStringAsync(HubProcess.Ct);
    }

    private async Task<string> AskAsync(string site)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/graphql")
        {
            Content = new StringContent(
                """{"query":"{ schools { totalCount } }"}""", Encoding.UTF8, "application/json"),
        };
        request.Headers.Add("Sec-Fetch-Site", site);
        await SendAsync(request);
        return page;
    }

    private Task SendAsync(string path, params (string Name, string Value)[] fields)
    {
        var request = new HttpRequestMessage(fields.Length == 0 ? HttpMethod.Get : HttpMethod.Post, path);
        if (fields.Length > 0)
        {
            request.Content = new FormUrlEncodedContent(
                fields.Append(("formToken", Token().Match(page).Groups[1].Value))
                    .Select(field => KeyValuePair.Create(field.Item1, field.Item2)));
        }

        return SendAsync(request);
    }

    private async Task SendAsync(HttpRequestMessage request)
    {
        using var client = new HttpClient(new HttpClientHandler { UseCookies = false, AllowAutoRedirect = false })
        {
            BaseAddress = new Uri(served.Hub.Address),
        };
        var held = string.Join("; ", cookies.Select(cookie => $"{cookie.Key}={cookie.Value}"));
        request.Headers.TryAddWithoutValidation("Cookie", held);
        using var answer = await client.SendAsync(request, HubProcess.Ct);
        foreach (var cookie in answer.Headers.TryGetValues("Set-Cookie", out var set) ? set : [])
        {
            cookies[cookie[..cookie.IndexOf('=')]] = cookie[(cookie.IndexOf('=') + 1)..cookie.IndexOf(';')];
        }

        page = await answer.Content.ReadAsStringAsync(HubProcess.Ct);
        location = answer.Headers.Location?.ToString();
        Assert.NotEqual(HttpStatusCode.InternalServerError, answer.StatusCode);
    }

    [GeneratedRegex("type this code: ([A-Z0-9-]+)")]
    private static partial Regex SetUpCode();

    [GeneratedRegex("name=\"formToken\" value=\"([^\"]+)\"")]
    private static partial Regex Token();

    [GeneratedRegex("<code>([A-Z2-7]+)</code>")]
    private static partial Regex Key();
}
