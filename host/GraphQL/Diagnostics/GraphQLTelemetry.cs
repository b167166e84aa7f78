using System.Diagnostics;
using System.Diagnostics.Metrics;
using K12Hub.GraphQL.Execution;
using K12Hub.GraphQL.Planning;
using K12Hub.GraphQL.Security;

namespace K12Hub.GraphQL.Diagnostics;

/// <summary>Traces and metrics under OpenTelemetry's names for GraphQL. Costs nothing while nobody listens. Neither
/// documents nor values nor messages are told, which may hold personal data: of an error only its code.</summary>
internal static class GraphQLTelemetry
{
    /// <summary>What listeners and exporters subscribe to, traces and metrics alike.</summary>
    public const string Name = "K12Hub.GraphQL";

    private const string OperationType = "graphql.operation.type";
    private const string ErrorType = "error.type";
    private const string NoCode = "_OTHER"; // OpenTelemetry's word for an error without a name.

    private static readonly ActivitySource Source = new(Name);
    private static readonly Meter Meter = new(Name);
    private static readonly Histogram<double> Duration = Meter.CreateHistogram(
        "graphql.server.operation.duration",
        "s",
        "Time from the request to its result, reading the document included.",
        tags: null,
        new InstrumentAdvice<double>
        {
            HistogramBucketBoundaries =
                [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
        });

    private static readonly Counter<long> Errors = Meter.CreateCounter<long>(
        "graphql.server.errors", "{error}", "Errors told to callers, of requests and of fields, by code.");

    public static bool IsObserved => Source.HasListeners() || Duration.Enabled || Errors.Enabled;

    /// <summary>Watches one execution.</summary>
    /// <param name="request">What was asked.</param>
    /// <param name="operation">The operation it turned out to be; null when it did not get so far.</param>
    /// <param name="started">When the request began to be prepared.</param>
    /// <param name="execute">Executes it.</param>
    public static async ValueTask<ExecutionResult> ObserveAsync(
        GraphQLRequest request,
        PreparedOperation? operation,
        Moment started,
        Func<ValueTask<ExecutionResult>> execute)
    {
        var type = TypeOf(operation);
        using var activity = Start(request, operation, type, started);
        var result = await execute().ConfigureAwait(false);
        Record(result, type);
        var error = result.Errors.Count > 0 ? result.Errors[0].Code ?? NoCode : null;
        if (activity is not null && error is not null)
        {
            activity.SetTag(ErrorType, error);
            activity.SetStatus(ActivityStatusCode.Error, error);
        }

        var tags = default(TagList);
        if (type is not null) tags.Add(OperationType, type);
        if (error is not null) tags.Add(ErrorType, error);
        Duration.Record(Stopwatch.GetElapsedTime(started.Timestamp).TotalSeconds, tags);
        return result;
    }

    /// <summary>Counts the errors of a result nobody watched the making of.</summary>
    public static void Record(ExecutionResult result, PreparedOperation operation) =>
        Record(result, TypeOf(operation));

    private static Activity? Start(
        GraphQLRequest request, PreparedOperation? operation, string? type, Moment started)
    {
        if (!Source.HasListeners()) return null;
        var tags = new ActivityTagsCollection();
        if (type is not null) tags.Add(OperationType, type);
        if (operation?.Name is { } name) tags.Add("graphql.operation.name", name);
        if ((operation?.Hash ?? HashOf(request)) is { } hash) tags.Add("graphql.document.hash", hash);
        return Source.StartActivity(
            type ?? "GraphQL Operation", ActivityKind.Server, default(ActivityContext), tags, startTime: started.Time);
    }

    private static void Record(ExecutionResult result, string? type)
    {
        if (!Errors.Enabled) return;
        foreach (var error in result.Errors)
        {
            var tags = new TagList { { ErrorType, error.Code ?? NoCode } };
            if (type is not null) tags.Add(OperationType, type);
            Errors.Add(1, tags);
        }
    }

    private static string? HashOf(GraphQLRequest request) =>
        request.Document.IsEmpty ? null : DocumentId.WithAlgorithm(DocumentId.Of(request.Document.Span));

    private static string? TypeOf(PreparedOperation? operation) => operation?.Operation switch
    {
        null => null,
        Language.OperationType.Query => "query",
        Language.OperationType.Mutation => "mutation",
        _ => "subscription",
    };

    /// <summary>A point in time, on the clock people read and on the one that measures.</summary>
    public readonly record struct Moment(DateTimeOffset Time, long Timestamp)
    {
        /// <summary>Now.</summary>
        public static Moment Now => new(DateTimeOffset.UtcNow, Stopwatch.GetTimestamp());
    }
}
