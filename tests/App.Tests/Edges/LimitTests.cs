using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using K12Hub.GraphQL.Conventions;
using K12Hub.Testing;

namespace K12Hub.App.Tests.Edges;

/// <summary>Two real nodes of one district: how often one may ask is counted over both.</summary>
public sealed class LimitTests : IAsyncLifetime
{
    private readonly Folders folders = new();
    private TestDatabase database = null!;
    private HubProcess[] nodes = [];

    private static CancellationToken Ct => HubProcess.Ct;

    public async ValueTask InitializeAsync()
    {
        database = await TestDatabase.CreateAsync();
        (string, string)[] settings =
        [
            ("K12HUB__Database__ConnectionString", database.ApplicationConnectionString),
            ("K12HUB__Database__OwnerConnectionString", database.ConnectionString),
            ("K12HUB__Limits__RequestsPerMinute", "100"), ("K12HUB__Limits__ExportsPerMinute", "3"),
            ("K12HUB__Limits__PagesPerMinute", "100"), ("K12HUB__Limits__WrongTokensPerMinute", "40"),
            ("K12HUB__Server__TrustedProxies", "127.0.0.1"),
        ];
        var first = await HubProcess.ServeAsync(folders.Data, settings);
        nodes = [first, await HubProcess.ServeAsync(folders.Data, settings)];
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var node in nodes)
        {
            await node.StopAsync();
            node.Dispose();
        }

        await database.DisposeAsync();
        folders.Dispose();
    }

    [Fact]
    public async Task Two_nodes_together_let_no_more_through_than_the_limit_and_say_when_to_come_back()
    {
        // Of one window: what is over in the middle of it would count anew.
        await HubProcess.UntilAsync(() => Task.FromResult(TimeProvider.System.GetUtcNow().Second < 25));
        var began = TimeProvider.System.GetUtcNow().Minute;

        Assert.InRange(await ThroughAsync(150, () => Api(nodes[0].Token)), 90, 110);
        Assert.InRange(await ThroughAsync(150, () => Page("203.0.113.1")), 90, 110);
        Assert.InRange(await ThroughAsync(10, () => Page("203.0.113.2")), 10, 10);
        Assert.InRange(await ThroughAsync(60, () => Api("k12_wrong"), HttpStatusCode.Unauthorized), 36, 44);
        using var refused = await SendAsync(1, Api(nodes[0].Token));
        Assert.InRange(refused.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 60);
        using var answer = JsonDocument.Parse(await refused.Content.ReadAsStringAsync(Ct));
        Assert.Equal(
            "RATE_LIMITED",
            answer.RootElement.GetProperty("errors")[0].GetProperty("extensions").GetProperty("code").GetString());

        // Whoever watches the program, and whoever has a token of another account, are answered.
        Assert.Equal(5, await ThroughAsync(5, () => new(HttpMethod.Get, "/health/ready")));
        Assert.Equal(5, await ThroughAsync(5, () => Api(nodes[1].Token)));
        Assert.Equal(3, await ThroughAsync(
            8, () => Api(nodes[1].Token, $"/graphql/person.json?id={NodeId.Encode("Student", Guid.Empty)}"),
            HttpStatusCode.BadRequest));
        Assert.Equal(began, TimeProvider.System.GetUtcNow().Minute);
    }

    /// <summary>How many of so many requests, one by one to each node in turn, are answered as they should.</summary>
    private async Task<int> ThroughAsync(
        int times, Func<HttpRequestMessage> request, HttpStatusCode answered = HttpStatusCode.OK)
    {
        var through = 0;
        for (var i = 0; i < times; i++)
        {
            using var answer = await SendAsync(i % 2, request());
            if (answer.StatusCode == answered) through++;
            else Assert.Equal(HttpStatusCode.TooManyRequests, answer.StatusCode);
        }

        return through;
    }

    private async Task<HttpResponseMessage> SendAsync(int node, HttpRequestMessage request)
    {
        using var client = nodes[node].Client();
        using var sent = request;
        return await client.SendAsync(request, Ct);
    }

    private static HttpRequestMessage Api(string token, string? file = null)
    {
        var request = new HttpRequestMessage(file is null ? HttpMethod.Post : HttpMethod.Get, file ?? "/graphql");
        if (file is null)
        {
            request.Content = new StringContent("""{"query":"{ __typename }"}""", Encoding.UTF8, "application/json");
        }

        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return request;
    }

    private static HttpRequestMessage Page(string from)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, "/sign-in");
        request.Headers.Add("X-Forwarded-For", from);
        return request;
    }
}
