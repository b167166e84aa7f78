namespace K12Hub.GraphQL.Execution;

/// <summary>Answers requests against one schema. Safe for any number of requests at a time.</summary>
public interface IRequestExecutor
{
    /// <summary>Executes one request. Never throws for what the caller did wrong; the result says it.</summary>
    /// <returns>A result that holds pooled memory: dispose it after writing it.</returns>
    ValueTask<ExecutionResult> ExecuteAsync(GraphQLRequest request, CancellationToken cancellationToken = default);

    /// <summary>Executes one request whose answer may have many results: one for a query or mutation, one per event
    /// for a subscription. Ends when the source ends, with the result that failed, or when the caller cancels; only a
    /// result of an event is followed by others.</summary>
    /// <returns>Results that hold pooled memory: dispose each after writing it.</returns>
    IAsyncEnumerable<ExecutionResult> StreamAsync(
        GraphQLRequest request, CancellationToken cancellationToken = default);
}
