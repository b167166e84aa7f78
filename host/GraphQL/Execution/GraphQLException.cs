namespace K12Hub.GraphQL.Execution;

/// <summary>An error whose message may be shown to the caller. Everything else thrown by a resolver is
/// masked.</summary>
public sealed class GraphQLException : Exception
{
    /// <summary>An error with a message for the caller.</summary>
    public GraphQLException(string message)
        : this(new GraphQLError(message))
    {
    }

    /// <summary>An error with a message for people and a code for programs.</summary>
    public GraphQLException(string message, string code)
        : this(new GraphQLError(message) { Code = code })
    {
    }

    /// <summary>An error as it is to be reported; path and locations are added by the executor.</summary>
    public GraphQLException(GraphQLError error)
        : base(error.Message) => Error = error;

    /// <summary>What the caller is told.</summary>
    public GraphQLError Error { get; }
}
