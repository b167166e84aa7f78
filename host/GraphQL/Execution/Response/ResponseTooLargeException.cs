namespace K12Hub.GraphQL.Execution;

/// <summary>The response would be larger than <see cref="JsonArena.MaxLength"/>; ends the whole request.</summary>
internal sealed class ResponseTooLargeException()
    : Exception($"The response is larger than {JsonArena.MaxLength / (1024 * 1024)} MB. Ask for smaller pages.");
