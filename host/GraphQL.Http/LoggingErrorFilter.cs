using K12Hub.GraphQL.Diagnostics;
using K12Hub.GraphQL.Execution;
using Microsoft.Extensions.Logging;

namespace K12Hub.GraphQL.Http;

/// <summary>Logs what was thrown behind a masked error, under the trace id the caller was given. Errors meant for the
/// caller are no news; what a resolver gave against the schema is, once in a while for each field.</summary>
internal sealed partial class LoggingErrorFilter(ILogger<LoggingErrorFilter> logger, ResultFaults faults) : IErrorFilter
{
    public GraphQLError Apply(GraphQLError fieldError)
    {
        if (fieldError.Exception is { } thrown and not GraphQLException)
        {
            var path = fieldError.Path is null ? "the request" : string.Join('.', fieldError.Path);
            LogFailure(thrown, path, fieldError.Extensions?.GetValueOrDefault("traceId") as string);
        }
        else if (faults.IsNews(fieldError))
        {
            LogFault(fieldError.Coordinate, fieldError.Code, ResultFaults.Pause.TotalMinutes);
        }

        return fieldError;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "GraphQL failed at {Path}; the caller was told trace {TraceId}.")]
    private partial void LogFailure(Exception thrown, string path, string? traceId);

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "{Coordinate} gave what the schema does not allow, {Code}; not said again for {Minutes} minutes.")]
    private partial void LogFault(string? coordinate, string? code, double minutes);
}
