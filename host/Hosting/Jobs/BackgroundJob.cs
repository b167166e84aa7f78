using K12Hub.EventStore;

namespace K12Hub.Hosting;

/// <summary>Work for later, in Hangfire's words: stored at once, carried out by any process.</summary>
public sealed class BackgroundJob
{
    private readonly DocumentStore store;
    private readonly OutboxKinds kinds;
    private readonly TimeProvider time;

    internal BackgroundJob(DocumentStore store, OutboxKinds kinds, TimeProvider time) =>
        (this.store, this.kinds, this.time) = (store, kinds, time);

    /// <summary>Owes a message from now on.</summary>
    /// <typeparam name="TMessage">A record that a module registered with <c>hub.Outbox</c>.</typeparam>
    /// <param name="district">Who owes it.</param>
    /// <param name="message">What to send.</param>
    /// <param name="key">What makes it the same message when it is owed again; null for always another.</param>
    /// <param name="ct">Cancels.</param>
    public Task Enqueue<TMessage>(
        DistrictId district, TMessage message, string? key = null, CancellationToken ct = default)
        where TMessage : class => Schedule(district, message, time.GetUtcNow(), key, ct);

    /// <summary>Owes a message later.</summary>
    /// <typeparam name="TMessage">A record that a module registered with <c>hub.Outbox</c>.</typeparam>
    /// <param name="district">Who owes it.</param>
    /// <param name="message">What to send.</param>
    /// <param name="delay">How much later.</param>
    /// <param name="key">What makes it the same message when it is owed again; null for always another.</param>
    /// <param name="ct">Cancels.</param>
    public Task Schedule<TMessage>(
        DistrictId district, TMessage message, TimeSpan delay, string? key = null, CancellationToken ct = default)
        where TMessage : class => Schedule(district, message, time.GetUtcNow() + delay, key, ct);

    /// <summary>Owes a message from a moment on.</summary>
    /// <typeparam name="TMessage">A record that a module registered with <c>hub.Outbox</c>.</typeparam>
    /// <param name="district">Who owes it.</param>
    /// <param name="message">What to send.</param>
    /// <param name="at">Not before.</param>
    /// <param name="key">What makes it the same message when it is owed again; null for always another.</param>
    /// <param name="ct">Cancels.</param>
    public Task Schedule<TMessage>(
        DistrictId district, TMessage message, DateTimeOffset at, string? key = null, CancellationToken ct = default)
        where TMessage : class => PublishAsync(district, kinds.Of<TMessage>(), message, at, key, ct);

    /// <summary>Runs a job from now on.</summary>
    /// <typeparam name="TJob">A job that a module registered.</typeparam>
    /// <param name="district">For whom.</param>
    /// <param name="key">What makes it the same run when it is asked for again; null for always another.</param>
    /// <param name="ct">Cancels.</param>
    public Task Enqueue<TJob>(DistrictId district, string? key = null, CancellationToken ct = default)
        where TJob : IJob => Schedule<TJob>(district, time.GetUtcNow(), key, ct);

    /// <summary>Runs a job later.</summary>
    /// <typeparam name="TJob">A job that a module registered.</typeparam>
    /// <param name="district">For whom.</param>
    /// <param name="at">Not before.</param>
    /// <param name="key">What makes it the same run when it is asked for again; null for always another.</param>
    /// <param name="ct">Cancels.</param>
    public Task Schedule<TJob>(
        DistrictId district, DateTimeOffset at, string? key = null, CancellationToken ct = default)
        where TJob : IJob => PublishAsync(
            district, ScheduledJob.KindOf(TJob.Name), new JobCall(null, at), at, key, ct);

    internal async Task PublishAsync(
        DistrictId district, string kind, object message, DateTimeOffset at, string? key, CancellationToken ct)
    {
        if (kinds.Find(kind) is null)
        {
            throw new InvalidOperationException($"Nobody carries out {kind}. Register it with hub.Job or hub.Outbox.");
        }

        var session = store.LightweightSession(district);
        await using var disposing = session.ConfigureAwait(false);
        session.Outbox.Publish(kind, key ?? Guid.CreateVersion7(time.GetUtcNow()).ToString(), message, at);
        await session.SaveChangesAsync(ct).ConfigureAwait(false);
    }
}
