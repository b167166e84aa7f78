namespace K12Hub.GraphQL.Language;

/// <summary>A text that is no GraphQL, or too much of it. Reading stops at the first fault.</summary>
public sealed class SyntaxException(string message, Location location, string code, PassedLimit? passed = null)
    : Exception(message)
{
    /// <summary>Where.</summary>
    public Location Location { get; } = location;

    /// <summary>A stable word for programs: <see cref="SyntaxError"/> or <see cref="LimitCode.Parser"/>.</summary>
    public string Code { get; } = code;

    /// <summary>The limit of <see cref="ParserLimits"/> that was passed; null when the text is no GraphQL.</summary>
    public PassedLimit? Passed { get; } = passed;

    /// <summary>The text does not follow the grammar.</summary>
    public const string SyntaxError = "GRAPHQL_SYNTAX";
}
