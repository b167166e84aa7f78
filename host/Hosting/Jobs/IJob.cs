using K12Hub.EventStore;

namespace K12Hub.Hosting;

/// <summary>Work that is not asked for by a person at a screen. Carried out by the outbox: at least once, by one
/// process at a time, tried again when it fails.</summary>
public interface IJob
{
    /// <summary>Its stable name, module first: <c>inquiries.overdue</c>. It is stored; the class may be
    /// renamed.</summary>
    static abstract string Name { get; }

    /// <summary>Does it. It may begin again from the start: when the process ended before it could be marked as
    /// done.</summary>
    /// <param name="run">For which district and fire time.</param>
    /// <param name="ct">Ends it: it takes too long, another process has it, or the program stops.</param>
    Task<OutboxResult> RunAsync(JobRun run, CancellationToken ct);
}

/// <summary>One run of a job.</summary>
/// <param name="District">The district it runs for.</param>
/// <param name="FireTime">The moment it was due, UTC: the same over all attempts, and for a run that makes up for
/// missed ones the last of them.</param>
/// <param name="Schedule">What the schedule is called that it was due by; null for a run somebody asked for.</param>
/// <param name="Delivery">The message that asks for it.</param>
public sealed record JobRun(
    DistrictId District, DateTimeOffset FireTime, string? Schedule, OutboxDelivery Delivery);

/// <summary>What stands in the outbox for a run.</summary>
/// <param name="Id">The recurring job; null for a run somebody asked for.</param>
/// <param name="FireTime">The moment it is due.</param>
internal sealed record JobCall(string? Id, DateTimeOffset FireTime);
