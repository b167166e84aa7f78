using K12Hub.GraphQL.Fetching;

namespace K12Hub.GraphQL.Execution;

/// <summary>What all fields of one request share.</summary>
internal sealed class RequestState(GraphQLRequest request, DataLoaderScope loaders, CancellationToken aborted)
{
    public GraphQLRequest Request { get; } = request;

    public DataLoaderScope Loaders { get; } = loaders;

    public CancellationToken Aborted { get; } = aborted;
}
