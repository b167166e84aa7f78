using K12Hub.GraphQL.Diagnostics;
using K12Hub.GraphQL.Execution;

namespace K12Hub.App;

/// <summary>Writes down what callers are not told: where a resolver failed, and with what kind of exception.</summary>
/// <remarks>Messages of exceptions may quote a value, so only kind, code and place are logged, with the trace id the
/// caller was given. What was meant for the caller is the caller's mistake and no news.</remarks>
internal sealed partial class GraphQLErrorLog : IErrorFilter
{
    private ILogger? logger;

    public GraphQLError Apply(GraphQLError fieldError)
    {
        if (logger is not null && fieldError.Exception is { } exception and not GraphQLException)
        {
            Failed(
                logger, fieldError.Path is { } path ? string.Join('.', path) : "the request", exception.GetType().Name,
                (exception as Npgsql.PostgresException)?.SqlState,
                fieldError.Extensions?.GetValueOrDefault("traceId") as string, exception.StackTrace);
        }

        return fieldError;
    }

    /// <summary>Begins to write; the schema is configured before there are logs.</summary>
    public void WriteTo(ILoggerFactory logs) => logger = logs.CreateLogger<GraphQLErrorLog>();

    [LoggerMessage(1, LogLevel.Error, "{Path} failed with {Exception} {SqlState}, trace {Trace}\n{Stack}")]
    private static partial void Failed(
        ILogger logger, string path, string exception, string? sqlState, string? trace, string? stack);
}
