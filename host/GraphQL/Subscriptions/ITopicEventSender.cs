namespace K12Hub.GraphQL.Subscriptions;

/// <summary>Sends messages to whoever subscribes to a topic in this process.</summary>
public interface ITopicEventSender
{
    /// <summary>Hands a message to every subscriber of the topic. Never waits for one: who does not keep up is
    /// dropped, with an error.</summary>
    ValueTask SendAsync<T>(string topicName, T message, CancellationToken cancellationToken = default)
        where T : notnull;

    /// <summary>Completes the subscriptions to a topic; nothing more will come.</summary>
    ValueTask CompleteAsync(string topicName);
}

/// <summary>Opens the messages of a topic.</summary>
public interface ITopicEventReceiver
{
    /// <summary>The messages sent to the topic from now on.</summary>
    /// <typeparam name="T">What is sent to the topic; messages of another type are not for this subscriber.</typeparam>
    ValueTask<ISourceStream<T>> SubscribeAsync<T>(string topicName, CancellationToken cancellationToken = default)
        where T : notnull;
}
