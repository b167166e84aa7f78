namespace K12Hub.Hosting;

/// <summary>What came of a command.</summary>
/// <typeparam name="TState">What its stream folds into.</typeparam>
public sealed record CommandResult<TState>
    where TState : class
{
    /// <summary>Why it was refused; null when it was done.</summary>
    public Refusal? Refusal { get; init; }

    /// <summary>The stream.</summary>
    public Guid Id { get; init; }

    /// <summary>The state after it; null when it was refused, and of a stream without events.</summary>
    public TState? State { get; init; }

    /// <summary>Number of events of the stream after it.</summary>
    public int Version { get; init; }

    /// <summary>Position of its last event, for readers of lagging tables; 0 when it wrote none, also because the same
    /// command was carried out before.</summary>
    public long Position { get; init; }
}
