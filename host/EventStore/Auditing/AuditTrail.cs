using System.Diagnostics;
using Npgsql;

namespace K12Hub.EventStore;

/// <summary>Writes down who saw what of whom, before they see it. Whoever waits for a record waits for one commit at
/// most and for the one before: what is asked for meanwhile is written together.</summary>
public sealed class AuditTrail
{
    /// <summary>Most records of one commit, and most people in them.</summary>
    private const int LargestBatch = 1_000;

    private const int MostPeople = 200_000;
    private const int MostWaiting = 20_000;

    // A read that cannot be written down for so long fails: nobody waits longer for an answer.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly NpgsqlDataSource _source;
    private readonly Lock _gate = new();
    private Queue<Pending> _waiting = [];
    private bool _isWriting;

    internal AuditTrail(NpgsqlDataSource source) => _source = source;

    /// <summary>Records a district has in all, checked one after the other, and compared with what was noted outside
    /// the database.</summary>
    /// <param name="tenant">The district.</param>
    /// <param name="anchors">What was noted of earlier ends of the chain; empty for nothing.</param>
    /// <param name="ct">Cancels.</param>
    public Task<AuditVerdict> VerifyAsync(
        DistrictId tenant, IReadOnlyCollection<AuditAnchor> anchors, CancellationToken ct) =>
        new AuditVerification(_source, tenant, anchors).RunAsync(ct);

    /// <summary>The end of a district's chain, to be noted outside the database; null before the first
    /// record.</summary>
    public async Task<AuditAnchor?> FindEndAsync(DistrictId tenant, CancellationToken ct)
    {
        await using var command = _source.CreateCommand(
            tenant, "select number, hash from es.audit_heads where tenant_id = $1");
        command.Parameters.Add(new NpgsqlParameter<short> { TypedValue = tenant.Required });
        await using var rows = await command.ExecuteReaderAsync(ct);
        return await rows.ReadAsync(ct)
            ? new(tenant.Required, rows.GetInt64(0), Convert.ToHexStringLower(rows.GetFieldValue<byte[]>(1)))
            : null;
    }

    /// <summary>Makes room for the records of coming months. Once a day is enough.</summary>
    /// <returns>How many months were made.</returns>
    public async Task<int> PrepareMonthsAsync(CancellationToken ct)
    {
        await using var command = _source.CreateCommand("select es.audit_months(2)");
        return (int)(await command.ExecuteScalarAsync(ct))!;
    }

    /// <summary>Writes a record. When it comes back the record is on disk.</summary>
    /// <param name="tenant">The district.</param>
    /// <param name="entry">What to write.</param>
    /// <param name="ct">Ends the waiting, not the writing.</param>
    /// <exception cref="AuditException">It is not written, and what it is about must not happen.</exception>
    public Task WriteAsync(DistrictId tenant, AuditEntry entry, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(entry);
        if (entry.Purpose?.Length > AuditEntry.LongestPurpose)
        {
            throw new ArgumentException("The purpose is too long.", nameof(entry));
        }

        var pending = new Pending(tenant.Required, entry, AuditChain.Content(entry));
        lock (_gate)
        {
            if (_waiting.Count >= MostWaiting) throw new AuditException("Too many records wait to be written.");
            _waiting.Enqueue(pending);
            if (_isWriting) return pending.WaitAsync(ct);
            _isWriting = true;
        }

        _ = Task.Run(WriteWaitingAsync, CancellationToken.None);
        return pending.WaitAsync(ct);
    }

    private async Task WriteWaitingAsync()
    {
        while (Next() is { Count: > 0 } batch)
        {
            foreach (var ofDistrict in batch.GroupBy(pending => pending.Tenant))
            {
                await WriteAsync(new(ofDistrict.Key), [.. ofDistrict]).ConfigureAwait(false);
            }
        }
    }

    private List<Pending>? Next()
    {
        lock (_gate)
        {
            var batch = new List<Pending>();
            var people = 0;
            while (batch.Count < LargestBatch && people < MostPeople && _waiting.TryDequeue(out var next))
            {
                // Who has given up was told that nothing is written; that it is after all does no harm.
                batch.Add(next);
                people += next.Entry.Students.Count + next.Entry.Others.Count;
            }

            if (batch.Count > 0) return batch;
            _isWriting = false;
            if (_waiting.Count == 0 && _waiting.Capacity > LargestBatch) _waiting = [];
            return null;
        }
    }

    private async Task WriteAsync(DistrictId tenant, Pending[] batch)
    {
        try
        {
            using var patience = new CancellationTokenSource(Patience);
            await using var command = AuditBatch.Command(
                _source, tenant, [.. batch.Select(p => p.Entry)], [.. batch.Select(p => p.Content)]);
            await command.ExecuteNonQueryAsync(patience.Token).ConfigureAwait(false);
        }
        catch (Exception failure)
        {
            // Nobody else hears of it: each of those who wait does.
            var why = new AuditException($"{batch.Length} audit records could not be stored.", failure);
            foreach (var pending in batch) pending.Failed(why);
            return;
        }

        foreach (var pending in batch) pending.Written();
    }

    private sealed record Pending(short Tenant, AuditEntry Entry, byte[] Content)
    {
        private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

        // Where nobody waits any more, a failure is nobody's news.
        public Task WaitAsync(CancellationToken ct) =>
            ct.CanBeCanceled ? _done.Task.WaitAsync(ct) : _done.Task;

        public void Written() => _done.SetResult();

        public void Failed(AuditException why)
        {
            _done.SetException(why);
            Debug.Assert(_done.Task.Exception is not null, "Observed, also where nobody waits.");
        }
    }
}
