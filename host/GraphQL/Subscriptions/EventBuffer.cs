using System.Threading.Channels;
using K12Hub.GraphQL.Execution;

namespace K12Hub.GraphQL.Subscriptions;

/// <summary>
/// Events on their way to one subscriber, at most so many. A subscriber who falls behind further gets what is there,
/// then an error: memory does not grow with the slowest reader, and none is left believing it saw everything.
/// </summary>
/// <typeparam name="T">The event.</typeparam>
public sealed class EventBuffer<T> : ISourceStream<T>, IEventBuffer
    where T : notnull
{
    /// <summary>Events a subscriber may fall behind unless somebody decided otherwise.</summary>
    public const int DefaultCapacity = 256;

    private readonly Channel<T> events;
    private readonly int capacity;
    private readonly Action<EventBuffer<T>>? closed;
    private int isClosed;

    /// <summary>An empty buffer.</summary>
    /// <param name="capacity">Events the subscriber may fall behind; at least 1.</param>
    /// <param name="closed">Told once when the subscriber goes.</param>
    public EventBuffer(int capacity = DefaultCapacity, Action<EventBuffer<T>>? closed = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        this.capacity = capacity;
        this.closed = closed;
        events = Channel.CreateBounded<T>(new BoundedChannelOptions(capacity) { SingleReader = true });
    }

    /// <summary>Hands over an event without waiting. False when the subscriber has gone or fell behind too
    /// far.</summary>
    public bool TryPublish(T message)
    {
        if (events.Writer.TryWrite(message)) return true;
        Complete(new GraphQLException(new GraphQLError(
            $"The subscriber fell behind by more than {capacity} events. Subscribe again, and read faster.")
        {
            Code = LimitCode.Behind,
            Extensions = new PassedLimit("eventsBehind", capacity, capacity + 1).ToExtensions(),
        }));
        return false;
    }

    /// <summary>Ends the events after those handed over, with an error if there is one.</summary>
    public void Complete(Exception? error = null) => events.Writer.TryComplete(error);

    /// <inheritdoc/>
    public IAsyncEnumerable<T> ReadEventsAsync() => events.Reader.ReadAllAsync();

    IAsyncEnumerable<object> ISourceStream.ReadEventsAsync() => SourceStreams.Boxed(ReadEventsAsync());

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        Complete();
        if (Interlocked.Exchange(ref isClosed, 1) == 0) closed?.Invoke(this);
        return ValueTask.CompletedTask;
    }
}

/// <summary>A buffer whatever its events are.</summary>
internal interface IEventBuffer
{
    void Complete(Exception? error = null);
}
