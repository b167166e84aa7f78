using System.Net;
using K12Hub.GraphQL.Diagnostics;
using K12Hub.GraphQL.Execution;
using K12Hub.GraphQL.Security;

namespace K12Hub.GraphQL.Http.Tests;

/// <summary>Every way in which a request can fail, under both texts of GraphQL over HTTP and both media
/// types.</summary>
public sealed class StatusProfileTests
{
    private const string Ours = "application/graphql-response+json";
    private const string Legacy = "application/json";
    private const string NoVariable = """{"query":"query($t: String!) { echo(text: $t) }"}""";

    [Theory]
    [InlineData("{", Ours, 400, 400)] // no JSON
    [InlineData("{", Legacy, 400, 400)]
    [InlineData("{}", Ours, 400, 422)] // no parameters
    [InlineData("{}", Legacy, 400, 422)]
    [InlineData("""{"query":"{ hello"}""", Ours, 400, 400)] // Syntax
    [InlineData("""{"query":"{ hello"}""", Legacy, 200, 400)]
    [InlineData("""{"query":"{ unknown }"}""", Ours, 400, 422)] // Validation
    [InlineData("""{"query":"{ unknown }"}""", Legacy, 200, 422)]
    [InlineData("""{"query":"{ hello }","operationName":"x"}""", Ours, 400, 422)] // Operation
    [InlineData("""{"query":"{ hello }","operationName":"x"}""", Legacy, 200, 422)]
    [InlineData(NoVariable, Ours, 400, 422)] // Variables
    [InlineData(NoVariable, Legacy, 200, 422)]
    [InlineData("""{"id":"none"}""", Ours, 404, 404)] // UnknownDocument
    [InlineData("""{"id":"none"}""", Legacy, 200, 404)]
    [InlineData("""{"query":"{ hello }","id":"none"}""", Ours, 400, 422)] // DocumentNotAllowed
    [InlineData("""{"query":"{ hello }","id":"none"}""", Legacy, 200, 422)]
    [InlineData("""{"query":"{ slow }"}""", Ours, 408, 408)] // Canceled
    [InlineData("""{"query":"{ slow }"}""", Legacy, 408, 408)]
    [InlineData("""{"query":"{ large }"}""", Ours, 500, 500)] // TooLarge
    [InlineData("""{"query":"{ large }"}""", Legacy, 500, 500)]
    [InlineData("""{"query":"{ broken }"}""", Ours, 200, 294)] // partial success
    [InlineData("""{"query":"{ broken }"}""", Legacy, 200, 294)]
    [InlineData("""{"query":"{ hello }"}""", Ours, 200, 200)]
    [InlineData("""{"query":"{ hello }"}""", Legacy, 200, 200)]
    public async Task Each_profile_keeps_to_its_text(string body, string accept, int watershed, int draft)
    {
        Assert.Equal(watershed, await StatusOf(HttpStatusProfile.Watershed2025, body, accept));
        Assert.Equal(draft, await StatusOf(HttpStatusProfile.Draft2026, body, accept));
    }

    [Theory]
    [InlineData(HttpStatusProfile.Watershed2025)]
    [InlineData(HttpStatusProfile.Draft2026)]
    public async Task What_is_not_allowed_on_a_way_in_is_405_in_both(HttpStatusProfile profile)
    {
        await using var server = await TestServer.Start(options =>
            (options.StatusProfile, options.AllowedGetOperations) = (profile, AllowedGetOperations.Query));

        var refused = await TestServer.Read(server.Get("query=mutation{touch}", ("GraphQL-Preflight", "1")));

        Assert.Equal(HttpStatusCode.MethodNotAllowed, refused.Status);
        Assert.Contains("OPERATION_NOT_ALLOWED", refused.Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(HttpStatusProfile.Watershed2025)]
    [InlineData(HttpStatusProfile.Draft2026)]
    public async Task A_bug_of_ours_is_500_in_both(HttpStatusProfile profile)
    {
        await using var server = await TestServer.Start(
            options => options.StatusProfile = profile, execution: options => options.ErrorFilter = new Bug());

        Assert.Equal(
            HttpStatusCode.InternalServerError,
            (await TestServer.Read(server.Post("""{"query":"{ broken }"}"""))).Status);
    }

    private static async Task<int> StatusOf(HttpStatusProfile profile, string body, string accept)
    {
        await using var server = await TestServer.Start(
            options => options.StatusProfile = profile,
            slow: () => Task.Delay(Timeout.Infinite, TestContext.Current.CancellationToken),
            execution: options =>
            {
                options.ExecutionTimeout = TimeSpan.FromMilliseconds(200);
                options.PersistedOperations.Mode = PersistedOperationMode.Prefer;
            });
        using var response = await server.Post(body, accept);
        return (int)response.StatusCode;
    }

    private sealed class Bug : IErrorFilter
    {
        public GraphQLError Apply(GraphQLError fieldError) => throw new InvalidOperationException("a bug");
    }
}
