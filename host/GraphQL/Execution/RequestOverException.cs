namespace K12Hub.GraphQL.Execution;

/// <summary>The time of the request is up, or the caller went away; ends the whole request.</summary>
internal sealed class RequestOverException : Exception;
