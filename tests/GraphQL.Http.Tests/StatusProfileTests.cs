using System.Net;

namespace K12Hub.GraphQL.Http.Tests;

public sealed class StatusProfileTests
{
    private const string Response = "application/graphql-response+json";

    [Theory]
    [InlineData("{", Response, 400, 400)]
    [InlineData("{}", Response, 400, 422)]
    [InlineData("""{"query":"{ hello"}""", Response, 400, 400)]
    [InlineData("""{"query":"{ hello"}""", "application/json", 200, 400)]
    [InlineData("""{"query":"{ unknown }"}""", Response, 400, 422)]
    [InlineData("""{"query":"{ unknown }"}""", "application/json", 200, 422)]
    [InlineData("""{"query":"{ hello }","operationName":"x"}""", Response, 400, 422)]
    [InlineData("""{"query":"{ broken }"}""", Response, 200, 294)]
    [InlineData("""{"query":"{ hello }"}""", Response, 200, 200)]
    public async Task Each_profile_keeps_to_its_text(string body, string accept, int watershed, int draft)
    {
        await using var today = await TestServer.Start();
        await using var tomorrow = await TestServer.Start(o => o.StatusProfile = HttpStatusProfile.Draft2026);

        Assert.Equal((HttpStatusCode)watershed, (await TestServer.Read(today.Post(body, accept))).Status);
        Assert.Equal((HttpStatusCode)draft, (await TestServer.Read(tomorrow.Post(body, accept))).Status);
    }
}
