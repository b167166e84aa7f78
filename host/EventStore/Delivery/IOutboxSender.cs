namespace K12Hub.EventStore;

/// <summary>Sends messages of all kinds. Called at least once per message, by several threads at once.</summary>
public interface IOutboxSender
{
    /// <summary>How long sending a message of this kind may take.</summary>
    TimeSpan LimitOf(string kind);

    /// <summary>Sends one message. An exception is a reason to try again later; its type is kept with the message, its
    /// text is not.</summary>
    /// <param name="delivery">The message.</param>
    /// <param name="ct">Ends the attempt: it took too long, the lease is lost, or the program stops.</param>
    Task<OutboxResult> SendAsync(OutboxDelivery delivery, CancellationToken ct);

    /// <summary>Hears what operators should read in the log; returns at once.</summary>
    void Report(OutboxIncident incident);
}

/// <summary>Something an operator should read: without payloads and without texts of exceptions.</summary>
/// <param name="What">What happened.</param>
/// <param name="Kind">The kind of message; null when it is not about one.</param>
/// <param name="Message">The message; null when it is not about one.</param>
/// <param name="Tries">Attempts so far.</param>
/// <param name="Code">Why, as a stable word.</param>
/// <param name="Failure">The exception behind it; its text may quote a value.</param>
public sealed record OutboxIncident(
    OutboxEvent What, string? Kind, long? Message, int Tries, string? Code, Exception? Failure);

/// <summary>What can happen to a message that an operator should read about.</summary>
public enum OutboxEvent
{
    /// <summary>An attempt failed; another one follows.</summary>
    Failed,

    /// <summary>Given up: a dead letter.</summary>
    Died,

    /// <summary>An attempt ended after its lease, and changed nothing.</summary>
    LeaseLost,

    /// <summary>The database does not answer; nothing is lost.</summary>
    Unreachable,
}
