using System.Collections.Concurrent;

namespace K12Hub.GraphQL.Subscriptions;

/// <summary>Topics within this process: what is sent on another node, or before a subscriber came, is not seen. For
/// events that must not be missed take a source that reads them from where they are stored.</summary>
/// <param name="capacity">Messages a subscriber may fall behind before it is dropped with an error.</param>
public sealed class Topics(int capacity = EventBuffer<object>.DefaultCapacity) : ITopicEventSender, ITopicEventReceiver
{
    private readonly ConcurrentDictionary<string, Topic> topics = new(StringComparer.Ordinal);

    /// <summary>Topics somebody subscribes to.</summary>
    public int Count => topics.Count;

    /// <inheritdoc/>
    public ValueTask SendAsync<T>(string topicName, T message, CancellationToken cancellationToken = default)
        where T : notnull
    {
        foreach (var subscriber in SubscribersOf(topicName))
        {
            (subscriber as EventBuffer<T>)?.TryPublish(message);
        }

        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask CompleteAsync(string topicName)
    {
        foreach (var subscriber in SubscribersOf(topicName)) subscriber.Complete();
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask<ISourceStream<T>> SubscribeAsync<T>(
        string topicName, CancellationToken cancellationToken = default)
        where T : notnull
    {
        var buffer = new EventBuffer<T>(capacity, closed => Remove(topicName, closed));
        while (!topics.GetOrAdd(topicName, _ => new Topic()).TryAdd(buffer))
        {
            // Its last subscriber has just gone and it with them; the next look makes a new one.
            Thread.Yield();
        }

        return new(buffer);
    }

    private IEventBuffer[] SubscribersOf(string topicName) =>
        topics.TryGetValue(topicName, out var topic) ? topic.Subscribers : [];

    private void Remove(string topicName, IEventBuffer subscriber)
    {
        if (topics.TryGetValue(topicName, out var topic) && topic.Remove(subscriber))
        {
            topics.TryRemove(new KeyValuePair<string, Topic>(topicName, topic));
        }
    }

    /// <summary>The subscribers of one topic; without any it is over and takes no more.</summary>
    private sealed class Topic
    {
        private readonly Lock gate = new();
        private bool isOver;

        public IEventBuffer[] Subscribers { get; private set; } = [];

        public bool TryAdd(IEventBuffer subscriber)
        {
            lock (gate)
            {
                if (isOver) return false;
                Subscribers = [.. Subscribers, subscriber];
                return true;
            }
        }

        /// <returns>True when it was the last.</returns>
        public bool Remove(IEventBuffer subscriber)
        {
            lock (gate)
            {
                Subscribers = [.. Subscribers.Where(other => other != subscriber)];
                return isOver = Subscribers.Length == 0;
            }
        }
    }
}
