using System.Globalization;
using System.Runtime.CompilerServices;
using K12Hub.GraphQL.Execution;

namespace K12Hub.GraphQL.Subscriptions;

/// <summary>Makes source streams of what a module's method answers; called by generated code.</summary>
public static class SourceStreams
{
    /// <summary>The messages of a topic of this process.</summary>
    public static async ValueTask<ISourceStream> OfTopicAsync<T>(ResolverContext context, FormattableString topic)
        where T : notnull
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(topic);
        return await context.Service<ITopicEventReceiver>()
            .SubscribeAsync<T>(topic.ToString(CultureInfo.InvariantCulture), context.RequestAborted)
            .ConfigureAwait(false);
    }

    /// <summary>A stream is one already.</summary>
    public static ISourceStream From(ISourceStream stream) => stream;

    /// <summary>Events as a method yields them.</summary>
    public static ISourceStream From<T>(IAsyncEnumerable<T> events)
        where T : notnull => new Yielded(Boxed(events));

    internal static IAsyncEnumerable<object> Boxed<T>(IAsyncEnumerable<T> events)
        where T : notnull => events as IAsyncEnumerable<object> ?? BoxedAsync(events);

    private static async IAsyncEnumerable<object> BoxedAsync<T>(
        IAsyncEnumerable<T> events, [EnumeratorCancellation] CancellationToken cancellationToken = default)
        where T : notnull
    {
        await foreach (var one in events.WithCancellation(cancellationToken).ConfigureAwait(false)) yield return one;
    }

    private sealed class Yielded(IAsyncEnumerable<object> events) : ISourceStream
    {
        public IAsyncEnumerable<object> ReadEventsAsync() => events;

        // Reading it to the end, or disposing its enumerator, is all there is to do.
        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
