using K12Hub.GraphQL.Diagnostics;
using K12Hub.GraphQL.Execution;
using Microsoft.Extensions.Logging;

namespace K12Hub.GraphQL.Http;

/// <summary>Logs what was thrown behind a masked error, under the trace id the caller was given. Errors meant for the
/// caller are no news.</summary>
internal sealed partial class LoggingErrorFilter(ILogger<LoggingErrorFilter> logger) : IErrorFilter
{
    public GraphQLError Apply(GraphQLError fieldError)
    {
        if (fieldError.Exception is { } thrown and not GraphQLException)
        {
            var path = fieldError.Path is null ? "the request" : string.Join('.', fieldError.Path);
            LogFailure(thrown, path, fieldError.Extensions?.GetValueOrDefault("traceId") as string);
        }

        return fieldError;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "GraphQL failed at {Path}; the caller was told trace {TraceId}.")]
    private partial void LogFailure(Exception thrown, string path, string? traceId);
}
