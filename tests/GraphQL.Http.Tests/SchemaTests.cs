using System.Net;
using K12Hub.GraphQL.Types;

namespace K12Hub.GraphQL.Http.Tests;

/// <summary>The schema as a file, to those who may know it.</summary>
public sealed class SchemaTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/schema.graphql")]
    [InlineData("?sdl")]
    [InlineData("?sdl=1&query={hello}")]
    public async Task Who_may_ask_the_schema_gets_it_as_text(string path)
    {
        await using var server = await TestServer.Start();
        using var response = await server.GetAt(path);
        var text = await response.Content.ReadAsStringAsync(Ct);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("application/graphql; charset=utf-8", response.Content.Headers.ContentType!.ToString());
        Assert.Equal("nosniff", Assert.Single(response.Headers.GetValues("X-Content-Type-Options")));
        Assert.Equal(text, SchemaPrinter.Print(SchemaBuilder.FromSdl(text).GetSchemaOrThrow()));
        Assert.Contains("echo(text: String!): String!", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/schema.graphql", null)]
    [InlineData("?sdl", null)]
    [InlineData("/schema.graphql", "nobody.is.asked")]
    [InlineData("?sdl", "nobody.is.asked")]
    public async Task Everybody_else_is_refused(string path, string? policy)
    {
        await using var server = await TestServer.Start(execution: options =>
            (options.AllowIntrospection, options.IntrospectionPolicy) = (false, policy));
        using var response = await server.GetAt(path);
        var text = await response.Content.ReadAsStringAsync(Ct);

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.Contains("\"GRAPHQL_INTROSPECTION_DENIED\"", text, StringComparison.Ordinal);
        Assert.DoesNotContain("hello", text, StringComparison.Ordinal);
        Assert.Null(response.Headers.ETag);
    }

    [Fact]
    public async Task Who_has_it_already_is_told_so()
    {
        await using var server = await TestServer.Start();
        using var first = await server.GetAt("/schema.graphql");
        using var again = await server.GetAt("/schema.graphql", ("If-None-Match", first.Headers.ETag!.Tag));

        Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
        Assert.Empty(await again.Content.ReadAsByteArrayAsync(Ct));
    }

    [Fact]
    public async Task It_is_read_only()
    {
        await using var server = await TestServer.Start();

        var answer = await TestServer.Read(server.Post([], path: "/schema.graphql"));

        Assert.Equal(HttpStatusCode.MethodNotAllowed, answer.Status);
    }
}
