namespace K12Hub.GraphQL.Execution;

/// <summary>Answers requests against one schema. Safe for any number of requests at a time.</summary>
public interface IRequestExecutor
{
    /// <summary>Executes one request. Never throws for what the caller did wrong; the result says it.</summary>
    /// <returns>A result that holds pooled memory: dispose it after writing it.</returns>
    ValueTask<ExecutionResult> ExecuteAsync(GraphQLRequest request, CancellationToken cancellationToken = default);
}
