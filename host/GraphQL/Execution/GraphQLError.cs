namespace K12Hub.GraphQL.Execution;

/// <summary>One entry of <c>errors</c> (section "Errors").</summary>
public sealed record GraphQLError(string Message)
{
    /// <summary>A stable word for programs; written as <c>extensions.code</c>.</summary>
    public string? Code { get; init; }

    /// <summary>Places in the document, line and column counted from 1.</summary>
    public IReadOnlyList<ErrorLocation> Locations { get; init; } = [];

    /// <summary>Response names and list indexes (<see cref="string"/> and <see cref="int"/>) from the root to the
    /// failed field; null for an error of the request.</summary>
    public IReadOnlyList<object>? Path { get; init; }

    /// <summary>The field of the schema it happened at, such as <c>Student.name</c>; never sent, only for logs and
    /// error filters. Null for an error of the request.</summary>
    public string? Coordinate { get; init; }

    /// <summary>More entries of <c>extensions</c>: text, numbers, booleans, JSON elements or lists of them.</summary>
    public IReadOnlyDictionary<string, object?>? Extensions { get; init; }

    /// <summary>What was thrown; never sent, only for logs and error filters.</summary>
    public Exception? Exception { get; init; }
}

/// <summary>A place in a document, both numbers counted from 1.</summary>
public readonly record struct ErrorLocation(int Line, int Column);
