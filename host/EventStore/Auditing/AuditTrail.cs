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
    private const string PeopleUnknown = "ES424";

    // A read that cannot be written down for so long fails: nobody waits longer for an answer.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly NpgsqlDataSource _source;
    private readonly AuditOnce _once;
    private readonly AuditSeal _seal;
    private readonly Lock _gate = new();
    private readonly AuditPeople _known = new();
    private Queue<PendingRecord> _waiting = [];
    private bool _isWriting;

    internal AuditTrail(NpgsqlDataSource source, SubjectKeys keys) =>
        (_source, _once, _seal) = (source, new(source, this), new(keys));

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

    /// <summary>The sets of people that somebody is in, as records tell of them.</summary>
    public async Task<Guid[]> PeopleWithAsync(DistrictId tenant, Guid person, CancellationToken ct)
    {
        await using var command = _source.CreateCommand(tenant, "select es.audit_people_with($1, $2)");
        command.Parameters.Add(new NpgsqlParameter<short> { TypedValue = tenant.Required });
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = person });
        return (Guid[])(await command.ExecuteScalarAsync(ct))!;
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

        if (entry.Personal is not null) throw new ArgumentException("Personal words are not sealed.", nameof(entry));

        return WriteAllAsync(tenant, [entry], ct);
    }

    /// <summary>Writes records, in one commit with few others where there are at most a thousand; all of them, or none
    /// where too many wait.</summary>
    internal Task WriteAllAsync(DistrictId tenant, IEnumerable<AuditEntry> entries, CancellationToken ct)
    {
        var pending = entries.Select(entry => new PendingRecord(tenant.Required, entry)).ToArray();
        var all = pending is [var only] ? only.WaitAsync(ct) : Task.WhenAll(pending.Select(one => one.WaitAsync(ct)));
        lock (_gate)
        {
            if (_waiting.Count >= MostWaiting) throw new AuditException("Too many records wait to be written.");
            foreach (var one in pending) _waiting.Enqueue(one);
            if (_isWriting) return all;
            _isWriting = true;
        }

        _ = Task.Run(WriteWaitingAsync, CancellationToken.None);
        return all;
    }

    /// <summary>Writes those records of which none says the same: of the same kind, people, groups of fields, detail
    /// and personal words, whoever wrote it and when. For what somebody says once more because the answer was
    /// lost.</summary>
    /// <param name="tenant">The district.</param>
    /// <param name="entries">What to write, all of one kind.</param>
    /// <param name="ct">Ends the waiting, not the writing.</param>
    /// <returns>Their numbers in the chain, or those of the ones that say the same, in the order of the entries. All
    /// are on disk.</returns>
    /// <exception cref="AuditException">Nobody knows which are written; once more tells.</exception>
    /// <exception cref="SubjectErasedException">A student was erased; nothing is written.</exception>
    public async Task<IReadOnlyList<long>> WriteOnceAsync(
        DistrictId tenant, IReadOnlyCollection<AuditEntry> entries, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(entries);
        try
        {
            return await _once.WriteAsync(tenant, await _seal.SealAsync(tenant, entries, ct), ct);
        }
        catch (NpgsqlException failure)
        {
            throw new AuditException("The database did not say whether the records are there.", failure);
        }
    }

    /// <summary>Details of records with their personal words; without them once their student is erased, and with
    /// <c>isDamaged</c> instead where they, or the key, are damaged or lost.</summary>
    /// <param name="tenant">The district.</param>
    /// <param name="details">As they are stored.</param>
    /// <param name="ct">Cancels.</param>
    /// <returns>In the order of the details.</returns>
    public ValueTask<IReadOnlyList<string>> OpenAsync(
        DistrictId tenant, IReadOnlyCollection<AuditDetail> details, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(details);
        return _seal.OpenAsync(tenant, details, ct);
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

    private List<PendingRecord>? Next()
    {
        lock (_gate)
        {
            var batch = new List<PendingRecord>();
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

    private async Task WriteAsync(DistrictId tenant, PendingRecord[] batch)
    {
        try
        {
            using var patience = new CancellationTokenSource(Patience);
            if (!await TryWriteAsync(tenant, batch, patience.Token).ConfigureAwait(false))
            {
                // Somebody took sets of people away, or an older copy of the database took its place.
                _known.Forget();
                if (!await TryWriteAsync(tenant, batch, patience.Token).ConfigureAwait(false))
                {
                    throw new InvalidOperationException("The database lost a set of people that it was just given.");
                }
            }
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

    /// <returns>False where the database lacks people that it was thought to have; nothing is written then.</returns>
    private async Task<bool> TryWriteAsync(DistrictId tenant, PendingRecord[] batch, CancellationToken ct)
    {
        var news = batch.Where(record => !_known.Knows(record.Tenant, record.People))
            .DistinctBy(record => record.People).ToArray();
        var command = AuditBatch.Command(_source, tenant, batch, news);
        await using var disposing = command.ConfigureAwait(false);
        try
        {
            await command.ExecuteNonQueryAsync(ct).ConfigureAwait(false);
        }
        catch (PostgresException refused) when (refused.SqlState == PeopleUnknown)
        {
            return false;
        }

        foreach (var record in news) _known.Learn(record.Tenant, record.People);
        return true;
    }
}
