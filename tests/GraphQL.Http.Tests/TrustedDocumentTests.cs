using System.Net;
using System.Security.Cryptography;
using System.Text;
using K12Hub.GraphQL.Security;

namespace K12Hub.GraphQL.Http.Tests;

public sealed class TrustedDocumentTests
{
    private const string Echo = "query Echo($t: String!) { echo(text: $t) } query Hello { hello }";
    private const string Touch = "mutation { touch }";
    private static readonly (string, string) Preflight = ("GraphQL-Preflight", "1");
    private static readonly string EchoId = IdOf(Echo);

    [Theory]
    [InlineData("""{"id":"%ID%","operationName":"Echo","variables":{"t":"x"}}""")]
    [InlineData("""{"documentId":"sha256:%ID%","operationName":"Echo","variables":{"t":"x"}}""")]
    [InlineData("""
        {"extensions":{"a":[{}],"persistedQuery":{"version":1,"sha256Hash":"%ID%"}},"operationName":"Echo",
        "variables":{"t":"x"}}
        """)]
    public async Task An_id_stands_for_its_document(string body)
    {
        await using var server = await Start(PersistedOperationMode.Prefer);

        Assert.Equal(
            (HttpStatusCode.OK, """{"data":{"echo":"x"}}"""),
            await TestServer.Read(server.Post(body.Replace("%ID%", EchoId, StringComparison.Ordinal))));
    }

    [Fact]
    public async Task An_id_may_come_by_GET_but_only_with_the_preflight_header()
    {
        await using var server = await Start(PersistedOperationMode.Only);
        var query = $"id={EchoId}&operationName=Echo&variables={Uri.EscapeDataString("""{"t":"x"}""")}";

        Assert.Equal(
            (HttpStatusCode.OK, """{"data":{"echo":"x"}}"""), await TestServer.Read(server.Get(query, Preflight)));
        Assert.Equal(HttpStatusCode.Forbidden, (await TestServer.Read(server.Get(query))).Status);
    }

    [Fact]
    public async Task A_trusted_mutation_does_not_come_by_GET()
    {
        await using var server = await Start(PersistedOperationMode.Only);
        using var response = await server.Get($"id={IdOf(Touch)}", Preflight);

        Assert.Equal(HttpStatusCode.MethodNotAllowed, response.StatusCode);
        Assert.Equal(["POST"], response.Content.Headers.Allow);
    }

    [Fact]
    public async Task Each_document_has_an_address()
    {
        await using var server = await Start(PersistedOperationMode.Only);
        const string Hello = """{"data":{"hello":"world"}}""";

        Assert.Equal(Hello, (await TestServer.Read(server.GetAt($"/persisted/{EchoId}/Hello", Preflight))).Body);
        Assert.Equal(
            Hello, (await TestServer.Read(server.Post("{}"u8.ToArray(), path: $"/persisted/{EchoId}/Hello"))).Body);
        Assert.Equal(
            (HttpStatusCode.OK, """{"data":{"touch":"touched"}}"""),
            await TestServer.Read(server.Post("{}"u8.ToArray(), path: $"/persisted/sha256:{IdOf(Touch)}")));
        Assert.Equal(
            HttpStatusCode.BadRequest,
            (await TestServer.Read(server.Post("""{"query":"{ hello }"}"""u8.ToArray(), path: $"/persisted/{EchoId}")))
                .Status);
        Assert.Equal(HttpStatusCode.NotFound, (await TestServer.Read(server.GetAt("/persisted/1", Preflight))).Status);
    }

    [Theory]
    [InlineData(PersistedOperationMode.Off, "PERSISTED_QUERY_NOT_SUPPORTED")]
    [InlineData(PersistedOperationMode.Prefer, "PERSISTED_QUERY_NOT_FOUND")]
    [InlineData(PersistedOperationMode.Only, "PERSISTED_QUERY_NOT_FOUND")]
    public async Task An_unknown_id_is_404_with_a_code(PersistedOperationMode mode, string code)
    {
        await using var server = await Start(mode);

        var (status, text) = await TestServer.Read(server.Post($$"""{"id":"{{IdOf("{ other }")}}"}"""));

        Assert.Equal(HttpStatusCode.NotFound, status);
        Assert.Contains(code, text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_only_trusted_documents_are_answered_others_are_not()
    {
        await using var server = await Start(PersistedOperationMode.Only);

        foreach (var query in new[] { "{ hello }", Touch, "{ __schema { queryType { name } } }" })
        {
            var (status, text) = await TestServer.Read(server.Post($$"""{"query":"{{query}}"}"""));

            Assert.Equal(HttpStatusCode.BadRequest, status);
            Assert.Contains("PERSISTED_QUERY_REQUIRED", text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_text_of_a_trusted_document_may_stand_for_its_id_where_that_is_switched_on()
    {
        await using var server = await Start(PersistedOperationMode.Only, o => o.AllowDocumentBody = true);

        Assert.Equal(HttpStatusCode.OK, (await TestServer.Read(server.Post($$"""{"query":"{{Touch}}"}"""))).Status);
        Assert.Equal(
            HttpStatusCode.BadRequest, (await TestServer.Read(server.Post("""{"query":"{ hello }"}"""))).Status);
    }

    [Fact]
    public async Task Developers_may_bring_their_own_documents()
    {
        await using var server = await Start(
            PersistedOperationMode.Only, o => o.IsExempt = request => request.OperationName is "Developer");

        Assert.Equal(
            HttpStatusCode.OK,
            (await TestServer.Read(server.Post(
                """{"query":"query Developer { hello }","operationName":"Developer"}"""))).Status);
        Assert.Equal(
            HttpStatusCode.BadRequest, (await TestServer.Read(server.Post("""{"query":"{ hello }"}"""))).Status);
    }

    [Fact]
    public async Task An_id_that_is_not_the_hash_of_its_document_is_refused()
    {
        await using var server = await Start(PersistedOperationMode.Prefer);

        var (_, text) = await TestServer.Read(server.Post($$"""{"query":"{ hello }","id":"{{EchoId}}"}"""));

        Assert.Contains("PERSISTED_QUERY_MISMATCH", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Automatic_documents_are_kept_after_they_came_once_but_do_not_become_trusted()
    {
        await using var server = await Start(
            PersistedOperationMode.Prefer, o => o.AllowAutomaticPersistedOperations = true);
        const string Query = "{ hello }";
        var hash = $$$"""{"persistedQuery":{"version":1,"sha256Hash":"{{{IdOf(Query)}}}"}}""";

        Assert.Contains(
            "\"PersistedQueryNotFound\"",
            (await TestServer.Read(server.Post($$"""{"extensions":{{hash}}}"""))).Body,
            StringComparison.Ordinal);
        await TestServer.Read(server.Post($$"""{"query":"{{Query}}","extensions":{{hash}}}"""));

        Assert.Equal(
            """{"data":{"hello":"world"}}""",
            (await TestServer.Read(server.Post($$"""{"extensions":{{hash}}}"""))).Body);
        Assert.Equal(
            HttpStatusCode.NotFound, (await TestServer.Read(server.Get($"id={IdOf(Query)}", Preflight))).Status);
    }

    private static Task<TestServer> Start(
        PersistedOperationMode mode, Action<PersistedOperationOptions>? configure = null) =>
        TestServer.Start(execution: options =>
        {
            options.PersistedOperations.Mode = mode;
            options.PersistedOperations.Documents = TrustedDocuments.Of(Echo, Touch);
            configure?.Invoke(options.PersistedOperations);
        });

    private static string IdOf(string document) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(document)));
}
