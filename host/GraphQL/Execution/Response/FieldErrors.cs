using System.Diagnostics;
using K12Hub.GraphQL.Language;
using K12Hub.GraphQL.Planning;

namespace K12Hub.GraphQL.Execution;

/// <summary>The errors of the fields of one response (section "Errors").</summary>
internal sealed class FieldErrors(RequestExecutorOptions options)
{
    private const int MaxLocations = 5;
    private const int BytesOfError = 64;
    private const int BytesOfStep = 8;

    private List<GraphQLError>? errors;
    private long bytes;

    /// <summary>Hands the errors over and starts anew.</summary>
    public IReadOnlyList<GraphQLError> Take()
    {
        var taken = errors;
        errors = null;
        bytes = 0;
        return taken is null ? [] : taken;
    }

    public void Add(Selection selection, object[] path, Exception thrown) =>
        Add(selection, path, thrown is GraphQLException known ? known.Error with { Exception = thrown } : Mask(thrown));

    /// <summary>The error of a request that failed as a whole, which is a bug of ours.</summary>
    public GraphQLError OfRequest(Exception thrown) => Filtered(Mask(thrown));

    // What the caller is told about an exception that was not meant for them.
    private GraphQLError Mask(Exception thrown)
    {
        var trace = Activity.Current?.TraceId ?? ActivityTraceId.CreateRandom();
        var extensions = new Dictionary<string, object?> { ["traceId"] = trace.ToHexString() };
        if (options.IncludeExceptionDetails)
        {
            extensions["exception"] = thrown.Message;
            extensions["stackTrace"] = thrown.StackTrace;
        }

        return new GraphQLError("Unexpected Execution Error")
        {
            Code = "UNEXPECTED_ERROR",
            Extensions = extensions,
            Exception = thrown,
        };
    }

    /// <summary>An error at a field; where nobody knew a better place, it points at the field.</summary>
    /// <exception cref="ResponseTooLargeException">The errors alone, roughly weighed, are a response too
    /// large.</exception>
    public void Add(Selection selection, object[] path, GraphQLError error)
    {
        var places = error.Locations.Count > 0 ? error.Locations : Locations(selection.Nodes);
        var placed = error with { Path = path, Locations = places, Coordinate = selection.Field.Coordinate };
        (errors ??= []).Add(Filtered(placed));
        bytes += BytesOfError + error.Message.Length;

        // Callers choose the names: one long alias stands in the path of every error below it.
        foreach (var step in path) bytes += BytesOfStep + (step is string name ? name.Length : 0);
        if (bytes > options.MaxResponseBytes) throw new ResponseTooLargeException(options.MaxResponseBytes, bytes);
    }

    /// <summary>An error of the operation's own selection set, which is at no field.</summary>
    public void AddAtRoot(GraphQLError error) => (errors ??= []).Add(Filtered(error));

    private GraphQLError Filtered(GraphQLError error) => options.ErrorFilter?.Apply(error) ?? error;

    private static ErrorLocation[] Locations(FieldNode[] nodes)
    {
        var locations = new ErrorLocation[Math.Min(nodes.Length, MaxLocations)];
        for (var i = 0; i < locations.Length; i++)
        {
            locations[i] = new ErrorLocation(nodes[i].Location.Line, nodes[i].Location.Column);
        }

        return locations;
    }
}
