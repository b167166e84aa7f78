using System.Diagnostics;
using System.Diagnostics.Metrics;
using K12Hub.GraphQL.Execution;
using K12Hub.GraphQL.Planning;

namespace K12Hub.GraphQL.Diagnostics;

/// <summary>Traces and metrics under OpenTelemetry's names for GraphQL. Costs nothing while nobody listens.</summary>
internal static class GraphQLTelemetry
{
    private static readonly ActivitySource Source = new("K12Hub.GraphQL");
    private static readonly Meter Meter = new("K12Hub.GraphQL");
    private static readonly Histogram<double> Duration = Meter.CreateHistogram<double>(
        "graphql.server.operation.duration", "s", "Time to execute an operation.");

    public static bool IsObserved => Source.HasListeners() || Duration.Enabled;

    public static async ValueTask<ExecutionResult> ObserveAsync(
        PreparedOperation operation, Func<ValueTask<ExecutionResult>> execute)
    {
        var type = operation.Operation switch
        {
            Language.OperationType.Query => "query",
            Language.OperationType.Mutation => "mutation",
            _ => "subscription",
        };
        var started = Stopwatch.GetTimestamp();
        using var activity = Source.StartActivity(type);
        activity?.SetTag("graphql.operation.type", type);
        activity?.SetTag("graphql.operation.name", operation.Name);

        var result = await execute().ConfigureAwait(false);
        if (result.Errors.Count > 0) activity?.SetStatus(ActivityStatusCode.Error, result.Errors[0].Message);
        Duration.Record(
            Stopwatch.GetElapsedTime(started).TotalSeconds,
            new KeyValuePair<string, object?>("graphql.operation.type", type),
            new KeyValuePair<string, object?>("error.type", result.Failure?.ToString()));
        return result;
    }
}
