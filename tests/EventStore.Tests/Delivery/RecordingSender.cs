using System.Collections.Concurrent;

namespace K12Hub.EventStore.Tests.Delivery;

/// <summary>Writes down what it is asked to send, and answers what the test says.</summary>
internal sealed class RecordingSender(Func<OutboxDelivery, CancellationToken, Task<OutboxResult>>? answer = null)
    : IOutboxSender
{
    public ConcurrentQueue<OutboxDelivery> Sent { get; } = [];

    public ConcurrentQueue<OutboxIncident> Incidents { get; } = [];

    public TimeSpan Limit { get; init; } = TimeSpan.FromMinutes(1);

    public TimeSpan LimitOf(string kind) => Limit;

    public Task<OutboxResult> SendAsync(OutboxDelivery delivery, CancellationToken ct)
    {
        Sent.Enqueue(delivery);
        return answer?.Invoke(delivery, ct) ?? Task.FromResult(OutboxResult.Done);
    }

    public void Report(OutboxIncident incident) => Incidents.Enqueue(incident);
}
