using System.Net;

namespace K12Hub.GraphQL.Http.Tests.Streaming;

/// <summary>GraphQL over server-sent events, distinct connections mode.</summary>
public sealed class EventStreamTests
{
    private const string UrqlAccepts =
        "application/graphql-response+json, application/graphql+json, application/json, text/event-stream, "
        + "multipart/mixed";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("{ hello }", """{"data":{"hello":"world"}}""")]
    [InlineData("mutation { touch }", """{"data":{"touch":"touched"}}""")]
    [InlineData("subscription { asker }", """{"data":{"asker":"nobody"}}""")]
    public async Task Results_are_next_and_the_end_is_complete(string query, string result)
    {
        await using var server = await StreamServer.Start();
        using var response = await Post(server, query);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("text/event-stream; charset=utf-8", response.Content.Headers.ContentType!.ToString());
        Assert.Equal("no-cache", response.Headers.CacheControl!.ToString());
        Assert.Equal(
            $":\n\nevent: next\ndata: {result}\n\nevent: complete\ndata:\n\n",
            await response.Content.ReadAsStringAsync(Ct));
    }

    [Fact]
    public async Task A_subscription_whose_price_is_asked_for_is_not_opened()
    {
        await using var server = await StreamServer.Start();
        using var request = new HttpRequestMessage(HttpMethod.Post, server.Endpoint)
        {
            Content = new StringContent("""{"query":"subscription { asker }"}""", null, "application/json"),
            Headers = { { "Accept", "text/event-stream" }, { "GraphQL-Cost", "validate" } },
        };

        using var response = await server.Client.SendAsync(request, Ct);

        Assert.StartsWith(
            ":\n\nevent: next\ndata: {\"extensions\":{\"operationCost\":{",
            await response.Content.ReadAsStringAsync(Ct),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{ hello", "GRAPHQL_SYNTAX")]
    [InlineData("{ unknown }", "unknown")]
    [InlineData("subscription { count(to: null) }", "null")]
    [InlineData("subscription { torn }", "TORN")]
    public async Task What_cannot_be_executed_is_a_next_over_200(string query, string error)
    {
        await using var server = await StreamServer.Start();
        using var response = await Post(server, query);

        var text = await response.Content.ReadAsStringAsync(Ct);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.StartsWith(":\n\nevent: next\ndata: {\"errors\":[", text, StringComparison.Ordinal);
        Assert.Contains(error, text, StringComparison.Ordinal);
        Assert.EndsWith("\n\nevent: complete\ndata:\n\n", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{", "application/json", HttpStatusCode.BadRequest)]
    [InlineData("{}", "application/json", HttpStatusCode.BadRequest)]
    [InlineData("""{"query":"{ hello }"}""", "text/plain", HttpStatusCode.UnsupportedMediaType)]
    [InlineData("query=%7Bhello%7D", "application/x-www-form-urlencoded", HttpStatusCode.UnsupportedMediaType)]
    public async Task What_is_no_request_is_refused_as_ever(string body, string contentType, HttpStatusCode expected)
    {
        await using var server = await StreamServer.Start();
        using var response = await Send(server, new StringContent(body, null, contentType), "text/event-stream");

        Assert.Equal(expected, response.StatusCode);
        Assert.Equal("application/json", response.Content.Headers.ContentType!.MediaType);
    }

    [Theory]
    [InlineData("{ hello }", UrqlAccepts, "application/graphql-response+json")]
    [InlineData("subscription { count(to: 1) }", UrqlAccepts, "text/event-stream")]
    [InlineData("subscription { count(to: 1) }", "text/event-stream, */*;q=0.1", "text/event-stream")]
    [InlineData("{ hello }", "text/event-stream;q=0.1, application/json", "application/json")]
    public async Task Who_takes_both_gets_a_stream_only_where_there_is_one(string query, string accept, string expected)
    {
        await using var server = await StreamServer.Start();
        using var response = await Post(server, query, accept);

        Assert.Equal(expected, response.Content.Headers.ContentType!.MediaType);
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData("application/json, text/event-stream;q=0")]
    public async Task Who_takes_no_stream_cannot_subscribe(string accept)
    {
        await using var server = await StreamServer.Start();
        using var response = await Post(server, "subscription { count(to: 1) }", accept);

        Assert.Equal(HttpStatusCode.NotAcceptable, response.StatusCode);
    }

    [Fact]
    public async Task Events_arrive_when_they_happen_and_silence_is_broken_by_comments()
    {
        await using var server = await StreamServer.Start(
            options => options.Streams.Heartbeat = TimeSpan.FromMilliseconds(20));
        using var response = await Post(server, """subscription { bell(name: \"gate\") }""");
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(Ct));
        await server.Listened(1);

        // The first is the greeting.
        for (var i = 0; i < 3; i++) Assert.Equal(":", await LineOf(reader));
        await server.Ring("gate", "ding");
        var line = ":";
        while (line is ":") line = await LineOf(reader);

        Assert.Equal("event: next", line);
        Assert.Equal("""data: {"data":{"bell":"ding"}}""", await LineOf(reader));
    }

    [Fact]
    public async Task A_client_that_goes_leaves_nothing_behind()
    {
        await using var server = await StreamServer.Start(options => options.Streams.MaxStreams = 1);
        using (await Post(server, """subscription { bell(name: \"gate\") }"""))
        {
            await server.Listened(1);
            using var refused = await Post(server, "{ hello }");
            Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
        }

        await server.Listened(0);
        await StreamServer.Eventually(async () =>
        {
            using var response = await Post(server, "{ hello }");
            return response.IsSuccessStatusCode;
        });
    }

    [Fact]
    public async Task JSON_that_has_line_breaks_stays_one_event()
    {
        await using var server = await StreamServer.Start();
        using var response = await Post(server, "subscription { json }");

        var lines = (await response.Content.ReadAsStringAsync(Ct)).Split("\n\n")[1].Split('\n');

        Assert.Equal("event: next", lines[0]);
        Assert.All(lines[1..], line => Assert.StartsWith("data: ", line, StringComparison.Ordinal));
        Assert.Equal(
            """{"data":{"json":{"a":"b\n"}}}""",
            string.Concat(lines[1..].Select(line => line[6..])).Replace(" ", "", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_server_that_stops_says_so_and_completes()
    {
        await using var server = await StreamServer.Start();
        using var response = await Post(server, """subscription { bell(name: \"gate\") }""");
        await server.Listened(1);

        var stopping = server.Stop();
        var text = await response.Content.ReadAsStringAsync(Ct);
        await stopping;

        Assert.Contains("SERVER_STOPPING", text, StringComparison.Ordinal);
        Assert.EndsWith("event: complete\ndata:\n\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_user_has_so_many_streams_and_is_told_when_to_come_back()
    {
        await using var server = await StreamServer.Start(options => options.Streams.MaxStreamsPerUser = 1);
        using var first = await Post(server, """subscription { bell(name: \"gate\") }""");
        using var second = await Post(server, "{ hello }");

        Assert.Equal(HttpStatusCode.TooManyRequests, second.StatusCode);
        Assert.NotNull(second.Headers.RetryAfter);
    }

    [Theory]
    [InlineData(AllowedGetOperations.TrustedDocuments, true, HttpStatusCode.MethodNotAllowed)]
    [InlineData(AllowedGetOperations.Query, false, HttpStatusCode.Forbidden)]
    [InlineData(AllowedGetOperations.Query, true, HttpStatusCode.OK)]
    public async Task Over_GET_the_same_is_allowed_as_otherwise(
        AllowedGetOperations allowed, bool preflight, HttpStatusCode expected)
    {
        await using var server = await StreamServer.Start(options => options.AllowedGetOperations = allowed);
        using var request = new HttpRequestMessage(
            HttpMethod.Get, $"{server.Endpoint}?query={Uri.EscapeDataString("subscription { count(to: 1) }")}");
        request.Headers.Add("Accept", "text/event-stream");
        if (preflight) request.Headers.Add("GraphQL-Preflight", "1");
        using var response = await server.Client.SendAsync(request, Ct);

        Assert.Equal(expected, response.StatusCode);
    }

    private static async Task<string?> LineOf(StreamReader reader)
    {
        var line = "";
        while (line is "") line = await reader.ReadLineAsync(Ct);
        return line;
    }

    private static Task<HttpResponseMessage> Post(
        StreamServer server, string query, string accept = "text/event-stream") =>
        Send(server, new StringContent($$"""{"query":"{{query}}"}""", null, "application/json"), accept);

    private static Task<HttpResponseMessage> Send(StreamServer server, HttpContent body, string accept)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, server.Endpoint) { Content = body };
        request.Headers.TryAddWithoutValidation("Accept", accept);
        return server.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Ct);
    }
}
