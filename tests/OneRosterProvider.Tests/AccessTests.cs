using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using K12Hub.Testing;

namespace K12Hub.OneRosterProvider.Tests;

public sealed class AccessTests(GeneratedHub generated) : IClassFixture<GeneratedHub>
{
    private const string Prefix = "https://purl.imsglobal.org/spec/or/v1p2/scope/";

    private static readonly Dictionary<string, string> grant = new() { ["grant_type"] = "client_credentials" };

    private ProviderHub Hub => generated.Hub;

    [Fact]
    public async Task A_token_is_given_for_id_and_secret_as_Basic_and_in_the_form()
    {
        foreach (var inForm in (bool[])[true, false])
        {
            var (status, body, _) = await AskAsync(Hub, grant, ProviderHub.Secret, inForm: inForm);

            Assert.Equal(HttpStatusCode.OK, status);
            Assert.Equal("Bearer", body.GetProperty("token_type").GetString());
            Assert.Equal(3_600, body.GetProperty("expires_in").GetInt32());
            Assert.Equal(
                $"{Prefix}roster.readonly {Prefix}roster-core.readonly {Prefix}roster-demographics.readonly",
                body.GetProperty("scope").GetString());
        }
    }

    [Fact]
    public async Task What_is_stored_of_a_token_does_not_open_anything()
    {
        var (_, body, _) = await AskAsync(Hub, grant, ProviderHub.Secret);
        var token = body.GetProperty("access_token").GetString()!;

        var stored = await Hub.ListAsync("select t::text from roster.provider_tokens t");

        Assert.NotEmpty(stored);
        Assert.DoesNotContain(stored, row => row.Contains(token.Split('.')[1], StringComparison.Ordinal));
        foreach (var hash in await Hub.ListAsync("select hash from roster.provider_tokens"))
        {
            Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(Hub, hash, "orgs"));
            Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(Hub, "reader." + hash, "orgs"));
        }
    }

    [Theory]
    [InlineData("wrong", HttpStatusCode.Unauthorized, "invalid_client")]
    [InlineData("", HttpStatusCode.Unauthorized, "invalid_client")]
    [InlineData(null, HttpStatusCode.Unauthorized, "invalid_client")]
    public async Task A_wrong_secret_opens_nothing(string? secret, HttpStatusCode status, string error)
    {
        var (answer, body, headers) = await AskAsync(Hub, grant, secret);

        Assert.Equal((status, error), (answer, body.GetProperty("error").GetString()));
        Assert.NotEmpty(headers.WwwAuthenticate);
    }

    [Fact]
    public async Task Another_grant_or_scope_is_refused()
    {
        var password = new Dictionary<string, string> { ["grant_type"] = "password" };
        var gradebook = new Dictionary<string, string>(grant) { ["scope"] = Prefix + "gradebook.readonly" };

        var (status, body, _) = await AskAsync(Hub, password, ProviderHub.Secret);
        Assert.Equal((HttpStatusCode.BadRequest, "unsupported_grant_type"), (status, Error(body)));
        (status, body, _) = await AskAsync(Hub, gradebook, ProviderHub.Secret);
        Assert.Equal((HttpStatusCode.BadRequest, "invalid_scope"), (status, Error(body)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("Bearer")]
    [InlineData("Bearer ")]
    [InlineData("Bearer reader")]
    [InlineData("Bearer reader.")]
    [InlineData("Bearer .")]
    [InlineData("Bearer nobody.x")]
    [InlineData("Basic cmVhZGVyOng=")]
    public async Task Without_a_token_nothing_is_answered(string header)
    {
        using var client = new HttpClient { BaseAddress = new Uri(Hub.Base + "/") };
        client.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", header);

        Assert.Equal((401, "unauthorisedrequest"), await client.RefusalAsync("orgs"));
        Assert.Equal((401, "unauthorisedrequest"), await client.RefusalAsync("nowhere"));
    }

    [Theory]
    [InlineData("roster-core.readonly", "orgs users/x enrollments", "demographics demographics/x schools/x/classes")]
    [InlineData("roster.readonly", "orgs users schools/x/classes", "demographics")]
    [InlineData("roster-demographics.readonly", "demographics", "orgs users schools/x/classes")]
    public async Task A_token_reaches_as_far_as_its_scopes(string scope, string open, string closed)
    {
        using var client = await Hub.ClientAsync(Prefix + scope);

        foreach (var path in closed.Split(' '))
            Assert.Equal((403, "forbidden"), await client.RefusalAsync(path));
        foreach (var path in open.Split(' '))
        {
            using var answer = await client.GetAsync(new Uri(path, UriKind.Relative), ProviderHub.Ct);
            Assert.NotEqual(HttpStatusCode.Forbidden, answer.StatusCode);
        }
    }

    [Fact]
    public async Task A_client_gets_no_scope_it_has_not()
    {
        await using var hub = await Hub.AnotherAsync(
            ("OneRoster:Provider:Clients:reader:Scopes", "roster-core.readonly"));
        var all = new Dictionary<string, string>(grant)
        {
            ["scope"] = $"{Prefix}roster-core.readonly {Prefix}roster-demographics.readonly",
        };

        var (_, body, _) = await AskAsync(hub, all, ProviderHub.Secret);

        Assert.Equal(Prefix + "roster-core.readonly", body.GetProperty("scope").GetString());
        // A token from before the scope was taken away is worth nothing any more.
        var (_, before, _) = await AskAsync(Hub, grant, ProviderHub.Secret);
        var token = before.GetProperty("access_token").GetString()!;
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(hub, token, "orgs"));
    }

    [Fact]
    public async Task A_token_ends()
    {
        var time = new ManualTime(DateTimeOffset.UtcNow);
        await using var hub = await ProviderHub.StartAsync(time, ("OneRoster:Provider:TokenMinutes", "5"));
        var (_, body, _) = await AskAsync(hub, grant, ProviderHub.Secret);
        var token = body.GetProperty("access_token").GetString()!;

        Assert.Equal(HttpStatusCode.OK, await StatusAsync(hub, token, "orgs"));
        time.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(hub, token, "orgs"));

        await AskAsync(hub, grant, ProviderHub.Secret);
        time.Advance(TimeSpan.FromMinutes(6));
        await AskAsync(hub, grant, ProviderHub.Secret);
        Assert.Single(await hub.ListAsync("select hash from roster.provider_tokens"));
    }

    [Fact]
    public async Task Who_asks_too_often_is_told_when_to_come_back()
    {
        var now = DateTimeOffset.UtcNow;
        var time = new ManualTime(now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMinute)));
        await using var hub = await ProviderHub.StartAsync(
            time, ("OneRoster:Provider:TokensPerMinute", "2"), ("OneRoster:Provider:RequestsPerMinute", "3"));
        using var client = await hub.ClientAsync();

        for (var i = 0; i < 3; i++) await client.IdsAsync("orgs");
        Assert.Equal((429, "server_busy"), await client.RefusalAsync("orgs"));
        Assert.Equal(
            TimeSpan.FromMinutes(1), (await client.AskAsync("orgs")).Answer.Headers.RetryAfter?.Delta);

        // Wrong secrets do not keep out who has the right one.
        for (var i = 0; i < 2; i++) await AskAsync(hub, grant, "wrong");
        Assert.Equal(HttpStatusCode.TooManyRequests, (await AskAsync(hub, grant, "wrong")).Status);
        Assert.Equal(HttpStatusCode.OK, (await AskAsync(hub, grant, ProviderHub.Secret)).Status);
        Assert.Equal(HttpStatusCode.TooManyRequests, (await AskAsync(hub, grant, ProviderHub.Secret)).Status);

        time.Advance(TimeSpan.FromMinutes(1));
        Assert.Empty(await client.IdsAsync("orgs"));
        Assert.Equal(HttpStatusCode.OK, (await AskAsync(hub, grant, ProviderHub.Secret)).Status);
    }

    [Fact]
    public async Task A_client_reads_its_source_and_no_other()
    {
        await using var hub = await Hub.AnotherAsync(("OneRoster:Provider:Clients:reader:Source", "hr"));
        using var client = await hub.ClientAsync();

        Assert.Empty(await client.IdsAsync("users"));
        Assert.Equal((404, "unknownobject"), await client.RefusalAsync("orgs/DISTRICT"));
    }

    [Fact]
    public async Task A_client_without_contact_data_gets_none_and_does_not_find_it_out()
    {
        await using var hub = await Hub.AnotherAsync(("OneRoster:Provider:Clients:reader:Contact", "false"));
        using var client = await hub.ClientAsync();
        using var other = await Hub.ClientAsync();
        var email = (await Hub.ListAsync("select email from roster.people where email is not null limit 1"))[0];

        var (_, body) = await client.AskAsync("users?limit=10000");
        Assert.DoesNotContain("\"email\"", body.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("\"phone\"", body.ToString(), StringComparison.Ordinal);
        Assert.NotEmpty(await other.IdsAsync($"users?filter=email='{email}'"));
        Assert.Equal("invalid_filter_field", (await client.RefusalAsync($"users?filter=email='{email}'")).Code);
        Assert.Equal("invalid_selection_field", (await client.RefusalAsync("users?sort=phone")).Code);
    }

    private static string? Error(JsonElement body) => body.GetProperty("error").GetString();

    private static async Task<(HttpStatusCode Status, JsonElement Body, HttpResponseHeaders Headers)> AskAsync(
        ProviderHub hub, Dictionary<string, string> form, string? secret, bool inForm = false)
    {
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, hub.TokenUrl);
        form = new(form);
        if (secret is not null && inForm) (form["client_id"], form["client_secret"]) = ("reader", secret);
        else if (secret is not null)
        {
            request.Headers.Authorization = new(
                "Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"reader:{secret}")));
        }

        request.Content = new FormUrlEncodedContent(form);
        var answer = await client.SendAsync(request, ProviderHub.Ct);
        using var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(ProviderHub.Ct));
        return (answer.StatusCode, json.RootElement.Clone(), answer.Headers);
    }

    private static async Task<HttpStatusCode> StatusAsync(ProviderHub hub, string token, string path)
    {
        using var client = new HttpClient();
        client.DefaultRequestHeaders.Authorization = new("Bearer", token);
        using var answer = await client.GetAsync(new Uri($"{hub.Base}/{path}"), ProviderHub.Ct);
        return answer.StatusCode;
    }
}
