using K12Hub.EventStore;

namespace K12Hub.Hosting;

/// <summary>Sends messages of one kind to the outside world. Made anew for each message, with services of its own;
/// the viewer is the message's district, with the permissions given at registration.</summary>
/// <typeparam name="TMessage">What is stored in the outbox, as JSON.</typeparam>
public interface IOutboxHandler<in TMessage>
{
    /// <summary>Sends one message. It may come again although it was sent: when the process ended before it could be
    /// marked. <see cref="OutboxDelivery.MessageId"/> is then the same.</summary>
    /// <param name="message">What to send.</param>
    /// <param name="delivery">Which attempt, and the name of the message for the outside world.</param>
    /// <param name="ct">Ends the attempt: it takes too long, another process has it, or the program stops.</param>
    /// <returns>Whether it is done; an exception counts as "try again later".</returns>
    Task<OutboxResult> SendAsync(TMessage message, OutboxDelivery delivery, CancellationToken ct);
}
