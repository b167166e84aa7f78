using System.Diagnostics;

namespace K12Hub.EventStore;

/// <summary>A record that somebody waits for.</summary>
internal sealed class PendingRecord(short tenant, AuditEntry entry)
{
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public short Tenant { get; } = tenant;

    public AuditEntry Entry { get; } = entry;

    public byte[] Content { get; } = AuditChain.Content(entry);

    public Guid People { get; } = AuditPeople.IdOf(entry);

    // Where nobody waits any more, a failure is nobody's news.
    public Task WaitAsync(CancellationToken ct) => ct.CanBeCanceled ? _done.Task.WaitAsync(ct) : _done.Task;

    public void Written() => _done.SetResult();

    public void Failed(AuditException why)
    {
        _done.SetException(why);
        Debug.Assert(_done.Task.Exception is not null, "Observed, also where nobody waits.");
    }
}
