namespace K12Hub.EventStore;

/// <summary>A stream loaded for a decision. What is appended here is stored only if nobody else appended
/// since.</summary>
/// <typeparam name="TAggregate">What the stream folds into.</typeparam>
public interface IEventStream<out TAggregate>
    where TAggregate : class
{
    /// <summary>Its id.</summary>
    Guid Id { get; }

    /// <summary>The state as loaded; null when the stream has no events.</summary>
    TAggregate? Aggregate { get; }

    /// <summary>The state to decide on: <see cref="Aggregate"/>, or what the fold begins with when the stream has no
    /// events; null when the fold begins with nothing.</summary>
    TAggregate? State { get; }

    /// <summary>Stored name of the aggregate's streams, for instance <c>inquiry</c>.</summary>
    string Kind { get; }

    /// <summary>The version as loaded; 0 when the stream has no events. Follows after the unit was saved.</summary>
    int CurrentVersion { get; }

    /// <summary>Queues one event.</summary>
    void AppendOne(object happened);

    /// <summary>Queues events in order.</summary>
    void AppendMany(params IEnumerable<object> happened);
}
