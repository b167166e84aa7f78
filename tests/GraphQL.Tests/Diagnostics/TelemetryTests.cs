using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Security.Cryptography;
using System.Text;
using K12Hub.GraphQL.Execution;
using K12Hub.GraphQL.Tests.Execution;

namespace K12Hub.GraphQL.Tests.Diagnostics;

/// <summary>Traces and metrics have OpenTelemetry's names, and nothing of what people typed.</summary>
[Collection(OneAtATime)]
public sealed class TelemetryTests : IDisposable
{
    /// <summary>Who listens here has every execution of the process make spans, and who counts bytes would count
    /// them.</summary>
    public const string OneAtATime = "listens to, or counts, what the whole process does";

    private const string Sdl = """
        type Query {
          a: Int  must: Int!  echo(text: String, n: Int): String  refuse(text: String): String  quiet: Int }
        type Mutation { change: Int }
        """;

    private static readonly string[] KnownTags =
        ["graphql.operation.type", "graphql.operation.name", "graphql.document.hash", "error.type"];

    private ActivityContext caller;
    private readonly List<Activity> spans = [];
    private readonly List<(string Instrument, string Unit, double Value, string Tags)> measured = [];
    private readonly ActivityListener activities;
    private readonly MeterListener meters = new();

    public TelemetryTests()
    {
        activities = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "K12Hub.GraphQL",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = activity =>
            {
                // Other tests execute at the same time.
                if (activity.TraceId == caller.TraceId) spans.Add(activity);
            },
        };
        ActivitySource.AddActivityListener(activities);
        meters.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == "K12Hub.GraphQL") listener.EnableMeasurementEvents(instrument);
        };
        meters.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Measure(instrument, value, tags));
        meters.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Measure(instrument, value, tags));
        meters.Start();
    }

    public void Dispose()
    {
        activities.Dispose();
        meters.Dispose();
    }

    [Theory]
    [InlineData("query Mine { a }", "query", "Mine")]
    [InlineData("mutation { change }", "mutation", null)]
    public async Task A_span_is_named_by_the_type_and_says_name_and_hash(string document, string type, string? name)
    {
        await Ask(Executor(), document);

        var span = Assert.Single(spans);
        Assert.Equal(type, span.DisplayName);
        Assert.Equal(ActivityKind.Server, span.Kind);
        Assert.Equal(caller.SpanId, span.ParentSpanId);
        Assert.Equal(type, span.GetTagItem("graphql.operation.type"));
        Assert.Equal(name, span.GetTagItem("graphql.operation.name"));
        Assert.Equal(HashOf(document), span.GetTagItem("graphql.document.hash"));
        Assert.Equal(ActivityStatusCode.Unset, span.Status);
    }

    [Theory]
    [InlineData("{ quiet }", null, "query", "_OTHER")]
    [InlineData("{ must }", null, "query", "GRAPHQL_NULL")]
    [InlineData("{ refuse(text: \"x\") }", null, "query", "REFUSED")]
    [InlineData("{ nothing }", null, "GraphQL Operation", "GRAPHQL_VALIDATION")]
    [InlineData("{ a", null, "GraphQL Operation", "GRAPHQL_SYNTAX")]
    [InlineData("query ($n: Int!) { echo(n: $n) }", "{}", "query", "GRAPHQL_VARIABLE")]
    public async Task What_fails_is_a_span_and_a_count_with_its_code(
        string document, string? variables, string name, string code)
    {
        await Ask(Executor(), document, variables);

        var span = Assert.Single(spans);
        Assert.Equal(name, span.DisplayName);
        Assert.Equal((ActivityStatusCode.Error, code), (span.Status, span.StatusDescription));
        Assert.Equal(code, span.GetTagItem("error.type"));
        Assert.Equal(HashOf(document), span.GetTagItem("graphql.document.hash"));
        var type = name is "query" ? " graphql.operation.type=query" : "";
        Assert.Equal(
            [("graphql.server.errors", "{error}", 1, $"error.type={code}{type}")],
            measured.Where(one => one.Instrument == "graphql.server.errors"));
    }

    [Fact]
    public async Task The_duration_is_a_histogram_in_seconds_by_type_and_outcome()
    {
        var executor = Executor();
        await Ask(executor, "{ a }");
        await Ask(executor, "{ refuse }");

        var durations = measured.Where(one => one.Instrument == "graphql.server.operation.duration").ToList();
        Assert.Equal(
            ["graphql.operation.type=query", "error.type=REFUSED graphql.operation.type=query"],
            durations.Select(one => one.Tags));
        Assert.All(durations, one => Assert.Equal("s", one.Unit));
        Assert.All(durations, one => Assert.InRange(one.Value, double.Epsilon, 60));
    }

    [Fact]
    public async Task A_streamed_query_is_watched_as_well()
    {
        var executor = Executor();
        var request = GraphQLRequest.FromText("query Streamed { a }", executor.Services);
        using var asking = Begin();
        await foreach (var result in executor.Executor.StreamAsync(request, TestContext.Current.CancellationToken))
        {
            result.Dispose();
        }

        Assert.Equal("Streamed", Assert.Single(spans).GetTagItem("graphql.operation.name"));
    }

    [Theory]
    [InlineData("""{ echo(text: "S3CRET") }""", null)]
    [InlineData("""{ refuse(text: "S3CRET") }""", null)]
    [InlineData("""{ echo(n: "S3CRET") }""", null)]
    [InlineData("""{ echo(text: "S3CRET" }""", null)]
    [InlineData("""{ a S3CRET }""", null)]
    [InlineData("query ($t: String) { echo(text: $t) }", """{"t":"S3CRET"}""")]
    [InlineData("query ($t: String) { refuse(text: $t) }", """{"t":"S3CRET"}""")]
    [InlineData("query ($n: Int) { echo(n: $n) }", """{"n":"S3CRET"}""")]
    [InlineData("query ($n: Int) { echo(n: $n) }", """{"n":"S3CRET""")]
    public async Task No_value_and_no_message_is_in_any_tag(string document, string? variables)
    {
        await Ask(Executor(), document, variables);

        var span = Assert.Single(spans);
        Assert.Empty(span.Events);
        Assert.All(span.TagObjects, tag => Assert.Contains(tag.Key, KnownTags));
        var told = span.TagObjects.Select(tag => $"{tag.Value}")
            .Append(span.DisplayName).Append(span.StatusDescription ?? "")
            .Concat(measured.Select(one => one.Tags));
        Assert.All(told, text => Assert.DoesNotContain("S3CRET", text, StringComparison.Ordinal));
    }

    private static TestExecutor Executor() => new TestExecutor(Sdl)
        .Sync("Query.echo", context => context.Argument<string?>("text"))
        .Pure("Query.quiet", _ => throw new GraphQLException("No code here."))
        .Sync("Query.refuse", context =>
            throw new GraphQLException($"No {context.Argument<string?>("text")} here.", "REFUSED"));

    private async Task Ask(TestExecutor executor, string document, string? variables = null)
    {
        using var asking = Begin();
        await executor.Answer(document, variables);
    }

    private Activity Begin()
    {
        var asking = new Activity(nameof(TelemetryTests)).Start();
        caller = asking.Context;
        return asking;
    }

    private static string HashOf(string document) =>
        $"sha256:{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(document)))}";

    private void Measure(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (Activity.Current?.TraceId != caller.TraceId) return;
        var text = tags.ToArray().Select(tag => $"{tag.Key}={tag.Value}").Order(StringComparer.Ordinal);
        measured.Add((instrument.Name, instrument.Unit ?? "", value, string.Join(' ', text)));
    }
}
