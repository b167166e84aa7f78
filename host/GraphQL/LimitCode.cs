namespace K12Hub.GraphQL;

/// <summary>The stable words for programs (<c>extensions.code</c>) when a request passes a limit of the server. The
/// entry says beside them what was measured, the limit and the measured value.</summary>
public static class LimitCode
{
    /// <summary>The text of a document: bytes, tokens, nesting or directives.</summary>
    public const string Parser = "GRAPHQL_PARSER_LIMIT";

    /// <summary>Fields within each other.</summary>
    public const string Depth = "GRAPHQL_LIMIT_DEPTH";

    /// <summary>One field within itself.</summary>
    public const string Repetition = "GRAPHQL_LIMIT_REPETITION";

    /// <summary>Fields with fragments expanded.</summary>
    public const string Fields = "GRAPHQL_LIMIT_FIELDS";

    /// <summary>Aliases of one field.</summary>
    public const string Aliases = "GRAPHQL_LIMIT_ALIASES";

    /// <summary>Fields of the root.</summary>
    public const string RootFields = "GRAPHQL_LIMIT_ROOT_FIELDS";

    /// <summary>Fragments followed.</summary>
    public const string Fragments = "GRAPHQL_LIMIT_FRAGMENTS";

    /// <summary>Selection sets within each other with fragments expanded.</summary>
    public const string Nesting = "GRAPHQL_LIMIT_NESTING";

    /// <summary>Work of the check for conflicting fields.</summary>
    public const string Merge = "GRAPHQL_LIMIT_MERGE";

    /// <summary>Lists of introspection within each other.</summary>
    public const string Introspection = "GRAPHQL_LIMIT_INTROSPECTION";

    /// <summary>Size of the variables: bytes, nesting, items of a list or values in all.</summary>
    public const string Variables = "GRAPHQL_LIMIT_VARIABLES";

    /// <summary>The price of an operation.</summary>
    public const string Cost = "GRAPHQL_LIMIT_COST";

    /// <summary>Ids of one <c>nodes</c>.</summary>
    public const string Nodes = "NODES_TOO_MANY";

    /// <summary>The time for one request.</summary>
    public const string Time = "TIMEOUT";

    /// <summary>The bytes of a response.</summary>
    public const string Response = "RESPONSE_TOO_LARGE";

    /// <summary>Events a subscriber has not taken yet.</summary>
    public const string Behind = "SUBSCRIPTION_TOO_SLOW";
}
