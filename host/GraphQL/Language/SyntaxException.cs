namespace K12Hub.GraphQL.Language;

/// <summary>A text that is no GraphQL, or too much of it. Reading stops at the first fault.</summary>
public sealed class SyntaxException(string message, Location location, string code) : Exception(message)
{
    /// <summary>Where.</summary>
    public Location Location { get; } = location;

    /// <summary>A stable word for programs: <see cref="SyntaxError"/> or <see cref="LimitExceeded"/>.</summary>
    public string Code { get; } = code;

    /// <summary>The text does not follow the grammar.</summary>
    public const string SyntaxError = "GRAPHQL_SYNTAX";

    /// <summary>The text exceeds a limit of <see cref="ParserLimits"/>.</summary>
    public const string LimitExceeded = "GRAPHQL_PARSER_LIMIT";
}
