using System.Net;
using K12Hub.App.Tests.Audit;

namespace K12Hub.App.Tests.Edges;

/// <summary>Whatever is answered tells browsers to stay away from harm, and nothing of what went wrong.</summary>
public sealed class ProtectionTests(AuditedDistrict district) : IClassFixture<AuditedDistrict>
{
    private static readonly string[] Always =
    [
        "Content-Security-Policy", "X-Content-Type-Options", "Referrer-Policy", "Permissions-Policy",
        "Cross-Origin-Opener-Policy", "Cross-Origin-Resource-Policy", "Cache-Control",
    ];

    private static CancellationToken Ct => HubProcess.Ct;

    [Theory]
    [InlineData("GET", "/", 404)]
    [InlineData("GET", "/nowhere", 404)]
    [InlineData("GET", "/graphql", 401)]
    [InlineData("POST", "/graphql", 401)]
    [InlineData("GET", "/graphql/data-quality.csv", 401)]
    [InlineData("GET", "/graphql/person.json", 401)]
    [InlineData("GET", "/health/live", 200)]
    [InlineData("GET", "/sign-in", 200)]
    [InlineData("DELETE", "/health/live", 405)]
    [InlineData("POST", "/ims/oneroster/token", 404)]
    public async Task Every_answer_has_the_headers_that_protect(string method, string path, int status)
    {
        using var client = district.Hub.Client();
        using var request = new HttpRequestMessage(new(method), path);
        using var answer = await client.SendAsync(request, Ct);

        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Empty(Missing(answer));
        Assert.False(answer.Headers.Contains("Strict-Transport-Security"));
        Assert.False(answer.Headers.Contains("Server"));
    }

    [Fact]
    public async Task What_goes_wrong_is_an_answer_like_any_other_and_tells_nothing()
    {
        await district.ExecuteAsync("alter view roster.organizations rename to gone");
        try
        {
            using var client = district.Client();
            using var answer = await client.GetAsync(new Uri("/graphql/data-quality.csv", UriKind.Relative), Ct);

            Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
            Assert.Empty(Missing(answer));
            Assert.Equal(
                """
                {"errors":[{"message":"Something went wrong on our side.","extensions":{"code":"UNEXPECTED_ERROR"}}]}
                """,
                await answer.Content.ReadAsStringAsync(Ct));
        }
        finally
        {
            await district.ExecuteAsync("alter view roster.gone rename to organizations");
        }
    }

    [Fact]
    public async Task A_name_that_is_not_ours_is_not_answered()
    {
        using var client = district.Hub.Client();
        client.DefaultRequestHeaders.Host = "evil.example";
        using var answer = await client.GetAsync(new Uri("/health/live", UriKind.Relative), Ct);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Empty(Missing(answer));
    }

    [Theory]
    [InlineData("", false)]
    [InlineData("127.0.0.1", true)]
    [InlineData("10.0.0.7", false)]
    public async Task Who_came_by_tls_at_a_named_proxy_comes_by_nothing_else(string proxies, bool isBelieved)
    {
        using var folders = new Folders();
        using var hub = await HubProcess.ServeAsync(
            folders.Data, ("K12HUB__Server__TrustedProxies", proxies), HubProcess.DemoOf(0));
        using var client = hub.Client();
        client.DefaultRequestHeaders.Add("X-Forwarded-Proto", "https");
        client.DefaultRequestHeaders.Add("X-Forwarded-For", "203.0.113.9");
        using var answer = await client.GetAsync(new Uri("/nowhere", UriKind.Relative), Ct);

        Assert.Equal(isBelieved, answer.Headers.Contains("Strict-Transport-Security"));
        await hub.StopAsync();
    }

    private static IEnumerable<string> Missing(HttpResponseMessage answer) =>
        Always.Where(name => !answer.Headers.Contains(name));
}
