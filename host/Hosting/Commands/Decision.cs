namespace K12Hub.Hosting;

/// <summary>What a rule decides: events, nothing, or a refusal. Made by conversion: return the one event, a
/// <see cref="Refusal"/>, <see cref="Decision.Nothing"/> or <see cref="Decision.Of{TEvent}"/>.</summary>
/// <typeparam name="TEvent">What can happen to the subject.</typeparam>
public sealed class Decision<TEvent>
    where TEvent : class
{
    internal Decision(IReadOnlyList<TEvent> events, Refusal? refusal) => (Events, Refusal) = (events, refusal);

    /// <summary>What happens, in order; empty when nothing does, or when it is refused.</summary>
    public IReadOnlyList<TEvent> Events { get; }

    /// <summary>Why not; null when it is not refused.</summary>
    public Refusal? Refusal { get; }

    /// <summary>One thing happens.</summary>
    /// <param name="happened">What.</param>
    public static implicit operator Decision<TEvent>(TEvent happened) => new([happened], null);

    /// <summary>It is refused.</summary>
    /// <param name="refusal">Why.</param>
    public static implicit operator Decision<TEvent>(Refusal refusal) => new([], refusal);

    /// <summary>It is so already.</summary>
    /// <param name="nothing"><see cref="Decision.Nothing"/>.</param>
    public static implicit operator Decision<TEvent>(NothingHappens nothing) => new([], null);
}

/// <summary>Makes decisions that are neither one event nor a refusal.</summary>
public static class Decision
{
    /// <summary>It is so already: no event, no refusal.</summary>
    public static NothingHappens Nothing { get; } = new();

    /// <summary>Several things happen.</summary>
    /// <typeparam name="TEvent">What can happen.</typeparam>
    /// <param name="events">What, in order.</param>
    public static Decision<TEvent> Of<TEvent>(params IReadOnlyList<TEvent> events)
        where TEvent : class => new(events, null);
}

/// <summary>The type of <see cref="Decision.Nothing"/>.</summary>
public sealed class NothingHappens
{
    internal NothingHappens()
    {
    }
}
