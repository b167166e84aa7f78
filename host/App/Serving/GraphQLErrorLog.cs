using K12Hub.GraphQL.Diagnostics;
using K12Hub.GraphQL.Execution;

namespace K12Hub.App;

/// <summary>Writes down what callers are not told: where a resolver failed, and with what kind of exception.</summary>
/// <remarks>Messages of exceptions may quote a value, so only kind, code and place are logged, with the trace id the
/// caller was given. What was meant for the caller is the caller's mistake and no news; what a resolver gave against
/// the schema is ours, and written down once in a while for each field.</remarks>
internal sealed partial class GraphQLErrorLog(ResultFaults faults) : IErrorFilter
{
    private ILogger? logger;

    public GraphQLError Apply(GraphQLError fieldError)
    {
        if (logger is null) return fieldError;

        if (fieldError.Exception is { } exception and not GraphQLException)
        {
            Failed(
                logger, fieldError.Path is { } path ? string.Join('.', path) : "the request", exception.GetType().Name,
                (exception as Npgsql.PostgresException)?.SqlState,
                fieldError.Extensions?.GetValueOrDefault("traceId") as string, exception.StackTrace);
        }
        else if (faults.IsNews(fieldError))
        {
            NotOfTheSchema(logger, fieldError.Coordinate, fieldError.Code, ResultFaults.Pause.TotalMinutes);
        }

        return fieldError;
    }

    /// <summary>Begins to write; the schema is configured before there are logs.</summary>
    public void WriteTo(ILoggerFactory logs) => logger = logs.CreateLogger<GraphQLErrorLog>();

    [LoggerMessage(1, LogLevel.Error, "{Path} failed with {Exception} {SqlState}, trace {Trace}\n{Stack}")]
    private static partial void Failed(
        ILogger logger, string path, string exception, string? sqlState, string? trace, string? stack);

    [LoggerMessage(
        2, LogLevel.Error,
        "{Coordinate} gave what the schema does not allow, {Code}; not said again for {Minutes} minutes")]
    private static partial void NotOfTheSchema(ILogger logger, string? coordinate, string? code, double minutes);
}
