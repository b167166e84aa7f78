using System.Runtime.CompilerServices;
using K12Hub.EventStore;
using K12Hub.GraphQL.Subscriptions;

namespace K12Hub.Hosting;

/// <summary>What a subscriber missed, then what the reader hands over.</summary>
internal sealed class LiveStream<TEvent>(IReadOnlyList<RecordedEvent> missed, EventBuffer<RecordedEvent> coming)
    : ISourceStream<LiveEvent<TEvent>>
    where TEvent : class
{
    public IAsyncEnumerable<LiveEvent<TEvent>> ReadEventsAsync() => ReadAsync();

    IAsyncEnumerable<object> ISourceStream.ReadEventsAsync() => ReadAsync();

    public ValueTask DisposeAsync() => coming.DisposeAsync();

    private async IAsyncEnumerable<LiveEvent<TEvent>> ReadAsync([EnumeratorCancellation] CancellationToken ct = default)
    {
        foreach (var happened in missed) yield return Live(happened);
        await foreach (var happened in coming.ReadEventsAsync().WithCancellation(ct).ConfigureAwait(false))
        {
            yield return Live(happened);
        }
    }

    private static LiveEvent<TEvent> Live(RecordedEvent happened) =>
        new(happened.Position, happened.StreamId, happened.RecordedAt, (TEvent)happened.Data);
}
