namespace K12Hub.GraphQL.Subscriptions;

/// <summary>The events of one subscription (specification 6.2.3.1). Whoever opened it disposes it, read or
/// not.</summary>
public interface ISourceStream : IAsyncDisposable
{
    /// <summary>The events, once. An exception ends the subscription with an error; the end of the events completes
    /// it.</summary>
    IAsyncEnumerable<object> ReadEventsAsync();
}

/// <summary>The events of one subscription, which are all of one type.</summary>
/// <typeparam name="T">The event.</typeparam>
public interface ISourceStream<out T> : ISourceStream
    where T : notnull
{
    /// <summary>The events, once.</summary>
    new IAsyncEnumerable<T> ReadEventsAsync();
}
