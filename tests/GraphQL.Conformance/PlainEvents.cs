using System.Text.Json;
using K12Hub.GraphQL.Execution;
using K12Hub.GraphQL.Subscriptions;

namespace K12Hub.GraphQL.Conformance;

/// <summary>Events of a request as the source of a subscription: a list of what is the root of each response, or
/// <c>{"__error":"m"}</c> for a source that cannot be opened.</summary>
internal sealed record PlainEvents(object? Events)
{
    public static PlainEvents From(JsonElement json) => new(PlainData.From(json));

    public static ValueTask<ISourceStream> Of(ResolverContext context) => context.Parent<PlainEvents>().Events switch
    {
        GraphQLException refused => throw refused,
        object?[] events => new(SourceStreams.From(ReadAsync(events))),
        _ => throw new GraphQLException("There are no events."),
    };

    private static async IAsyncEnumerable<object> ReadAsync(object?[] events)
    {
        foreach (var one in events)
        {
            await Task.Yield();
            yield return one ?? new Dictionary<string, object?>();
        }
    }
}
