using K12Hub.GraphQL.Diagnostics;
using K12Hub.GraphQL.Execution;

namespace K12Hub.App;

/// <summary>Writes down what callers are not told: where a resolver failed, and with what kind of exception.</summary>
/// <remarks>Messages of exceptions may quote a value, so only kind, code and place are logged.</remarks>
internal sealed partial class GraphQLErrorLog : IErrorFilter
{
    private ILogger? logger;

    public GraphQLError Apply(GraphQLError fieldError)
    {
        if (logger is not null && fieldError.Exception is { } exception)
        {
            Failed(
                logger, string.Join('.', fieldError.Path ?? []), exception.GetType().Name,
                (exception as Npgsql.PostgresException)?.SqlState, exception.StackTrace);
        }

        return fieldError;
    }

    /// <summary>Begins to write; the schema is configured before there are logs.</summary>
    public void WriteTo(ILoggerFactory logs) => logger = logs.CreateLogger<GraphQLErrorLog>();

    [LoggerMessage(1, LogLevel.Error, "{Path} failed with {Exception} {SqlState}\n{Stack}")]
    private static partial void Failed(ILogger logger, string path, string exception, string? sqlState, string? stack);
}
