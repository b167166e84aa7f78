using System.Net;

namespace K12Hub.GraphQL.Http.Tests;

public sealed class PostTests
{
    [Fact]
    public async Task A_query_is_answered_in_the_media_type_that_was_accepted()
    {
        await using var server = await TestServer.Start();
        using var response = await server.Post("""{"query":"{ hello }"}""");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(
            "application/graphql-response+json; charset=utf-8", response.Content.Headers.ContentType!.ToString());
        Assert.Equal("""{"data":{"hello":"world"}}""", await Text(response));
    }

    [Theory]
    [InlineData(null, "application/json")]
    [InlineData("*/*", "application/json")]
    [InlineData("application/json", "application/json")]
    [InlineData("application/json, application/graphql-response+json", "application/graphql-response+json")]
    [InlineData("application/json; q=0.9, application/graphql-response+json; q=0.1", "application/json")]
    [InlineData("text/html, application/*;q=0.5", "application/json")]
    [InlineData("", "application/json")]
    [InlineData("application/json;q=0, */*", "application/graphql-response+json")]
    [InlineData("*/*;q=0.9, application/json;q=0.5", "application/graphql-response+json")]
    [InlineData("*/*, application/graphql-response+json;q=0", "application/json")]
    [InlineData("application/*;q=0, application/json;q=0.1, */*", "application/json")]
    [InlineData("text/event-stream, */*", "application/json")]
    public async Task The_accept_header_chooses(string? accept, string expected)
    {
        await using var server = await TestServer.Start();
        using var response = await server.Post("""{"query":"{ hello }"}""", accept);

        Assert.Equal(expected, response.Content.Headers.ContentType!.MediaType);
    }

    [Theory]
    [InlineData("text/html", "application/json", HttpStatusCode.NotAcceptable)]
    [InlineData("application/json;q=0", "application/json", HttpStatusCode.NotAcceptable)]
    [InlineData("application/*;q=0, */*", "application/json", HttpStatusCode.NotAcceptable)]
    [InlineData("*/*", "", HttpStatusCode.UnsupportedMediaType)]
    [InlineData("*/*", "application/graphql", HttpStatusCode.UnsupportedMediaType)]
    [InlineData("*/*", "multipart/form-data; boundary=x", HttpStatusCode.UnsupportedMediaType)]
    [InlineData("*/*", "text/plain", HttpStatusCode.UnsupportedMediaType)]
    [InlineData("*/*", "application/x-www-form-urlencoded", HttpStatusCode.UnsupportedMediaType)]
    [InlineData("*/*", "application/json; charset=iso-8859-1", HttpStatusCode.UnsupportedMediaType)]
    [InlineData("*/*", "application/json; charset=UTF-8", HttpStatusCode.OK)]
    [InlineData("*/*", "application/json; charset=\"utf-8\"", HttpStatusCode.OK)]
    public async Task Other_media_types_are_refused(string accept, string contentType, HttpStatusCode expected)
    {
        await using var server = await TestServer.Start();
        using var response = await server.Post("""{"query":"{ hello }"}""", accept, contentType);

        Assert.Equal(expected, response.StatusCode);
    }

    [Theory]
    [InlineData("", "not JSON")]
    [InlineData("{", "not JSON")]
    [InlineData("""{"query":"{ hello }"} x""", "not JSON")]
    [InlineData("""[{"query":"{ hello }"}]""", "Batches")]
    [InlineData("\"{ hello }\"", "object")]
    [InlineData("{}", "missing")]
    [InlineData("""{"query":5}""", "must be a string")]
    [InlineData("""{"query":null,"id":null}""", "missing")]
    [InlineData("""{"query":"{ hello }","query":"{ echo }"}""", "HTTP_BAD_PARAMETERS")]
    [InlineData("""{"id":"1","documentId":"2"}""", "there twice")]
    [InlineData("""{"query":"{ hello }","id":1}""", "\\\"id\\\" must be a string")]
    [InlineData("""{"query":"{ hello }","operationName":[]}""", "operationName")]
    [InlineData("""{"query":"{ hello }","variables":"{}"}""", "variables")]
    [InlineData("""{"query":"{ hello }","extensions":1}""", "extensions")]
    [InlineData("""{"query":"{ hello \ud800 }"}""", "surrogate")]
    [InlineData("""{"query":"{ hello }","operationName":"\ud800"}""", "not Unicode")]
    [InlineData("""{"\ud800":1,"query":"{ hello }"}""", "surrogate")]
    [InlineData("""{"query":"{ hello }","extensions":{"\ud800 is no text":1}}""", "surrogate")]
    [InlineData("""{"query":"{ hello }","extensions":{"persistedQuery":{"\ud800 is no":1}}}""", "surrogate")]
    [InlineData("""{"query":"query($t: String!) { echo(text: $t) }","variables":{"\ud800":1,"t":""}}""", "surrogate")]
    [InlineData("""{"query":"query($t: String!) { echo(text: $t) }","variables":{"t":"\ud800"}}""", "surrogate")]
    [InlineData("""{"query":"{ hello"}""", "GRAPHQL_SYNTAX")]
    [InlineData("""{"query":"{ hello }","operationName":"other"}""", "OPERATION_NOT_FOUND")]
    [InlineData("""{"query":"query($t: String!) { echo(text: $t) }"}""", "not provided")]
    public async Task A_bad_request_is_400_and_says_why(string body, string expected)
    {
        await using var server = await TestServer.Start();

        var (status, text) = await TestServer.Read(server.Post(body));

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains(expected, text, StringComparison.Ordinal);
        Assert.DoesNotContain("\"data\"", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"query":"query($t: String!) { echo(text: $t) }","variables":{"t":"a\"b\u00e9"},"x":[{}]}""")]
    [InlineData("""{"x":{"query":1},"variables":{"t":"a\"b\u00e9"},"query":"query($t:\nString!) {echo(text: $t)}"}""")]
    public async Task Variables_come_through_and_unknown_properties_are_ignored(string body)
    {
        await using var server = await TestServer.Start();

        Assert.Equal(
            (HttpStatusCode.OK, """{"data":{"echo":"a\"bé"}}"""), await TestServer.Read(server.Post(body)));
    }

    [Fact]
    public async Task A_body_that_is_not_UTF8_is_400_wherever_it_is_not()
    {
        await using var server = await TestServer.Start();
        var body = """{"query":"{ hello }","unknown":"?"}"""u8.ToArray();
        body[Array.IndexOf(body, (byte)'?')] = 0xFF;

        Assert.Equal(HttpStatusCode.BadRequest, (await TestServer.Read(server.Post(body))).Status);
    }

    [Theory]
    [InlineData(31, "\"data\"")]
    [InlineData(32, "HTTP_NOT_JSON")]
    public async Task JSON_is_read_only_so_deep(int lists, string expected)
    {
        await using var server = await TestServer.Start();
        var nested = new string('[', lists) + new string(']', lists);

        var (_, text) = await TestServer.Read(server.Post($$"""{"query":"{ hello }","unknown":{{nested}}}"""));

        Assert.Contains(expected, text, StringComparison.Ordinal);
        if (lists > 31) Assert.Contains("nests deeper than 32 levels", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_a_variable_that_is_there_twice_the_last_one_counts()
    {
        await using var server = await TestServer.Start();
        const string Body = """{"query":"query($t: String!) { echo(text: $t) }","variables":{"t":"a","t":"b"}}""";

        Assert.Equal("""{"data":{"echo":"b"}}""", (await TestServer.Read(server.Post(Body))).Body);
    }

    [Fact]
    public async Task A_compressed_body_is_415()
    {
        await using var server = await TestServer.Start();
        using var request = new HttpRequestMessage(HttpMethod.Post, server.Endpoint)
        {
            Content = new ByteArrayContent("""{"query":"{ hello }"}"""u8.ToArray()),
        };
        request.Content.Headers.ContentType = new("application/json");
        request.Content.Headers.ContentEncoding.Add("gzip");

        using var response = await server.Client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, response.StatusCode);
    }

    [Fact]
    public async Task A_field_error_is_200_with_data()
    {
        await using var server = await TestServer.Start();

        var (status, text) = await TestServer.Read(server.Post("""{"query":"{ broken hello }"}"""));

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.EndsWith("\"data\":{\"broken\":null,\"hello\":\"world\"}}", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_mutation_is_executed()
    {
        await using var server = await TestServer.Start();

        Assert.Equal(
            (HttpStatusCode.OK, """{"data":{"touch":"touched"}}"""),
            await TestServer.Read(server.Post("""{"query":"mutation { touch }"}""")));
    }

    private static Task<string> Text(HttpResponseMessage response) =>
        response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
}
