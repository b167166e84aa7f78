using Npgsql;

namespace K12Hub.EventStore;

/// <summary>Makes personal data unreadable for good. Every erasure is written into the ledger first, so that one that
/// was cut off, or undone by restoring an older dump, is done again at the next start.</summary>
public sealed class Erasure
{
    private const string FindErased =
        """
        select subject_id from es.subject_keys where tenant_id = $1 and subject_id = any($2) and erased_at is not null
        """;

    private const string FindAllErased =
        "select subject_id from es.subject_keys where tenant_id = $1 and erased_at is not null";

    private const string FindState =
        "select erased_at is not null from es.subject_keys where tenant_id = $1 and subject_id = $2";

    private const int MostReruns = 5;

    private readonly DocumentStore _store;

    internal Erasure(DocumentStore store) => _store = store;

    private IErasureLedger Ledger => _store.Options.ErasureLedger ?? throw new InvalidOperationException(
        "Erasing needs a ledger outside the database. Set options.ErasureLedger.");

    /// <summary>Erases somebody: destroys the key, so that what events hold of them reads as empty; empties their
    /// marked columns in all read tables and the messages that hold something of theirs; and says so with a
    /// <see cref="SubjectErased"/>. Waits for those that write about them at the moment, and nothing more is stored
    /// about them afterwards. Other nodes may read what they have in memory for up to five minutes.</summary>
    /// <param name="tenant">The district.</param>
    /// <param name="subject">The person, as an id.</param>
    /// <param name="reason">Why, for instance the number of a request; never a name.</param>
    /// <param name="actor">Who does it, as an id; null when unknown.</param>
    /// <param name="ct">Cancels; what the ledger has is then done at the next start.</param>
    public async Task<ErasureEntry> EraseSubjectAsync(
        DistrictId tenant, Guid subject, string reason, string? actor, CancellationToken ct)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(reason);
        var now = _store.Options.Time.GetUtcNow();
        var entry = new ErasureEntry(Guid.CreateVersion7(now), tenant.Required, subject, reason, actor, now);
        await Ledger.AddAsync(entry, ct);
        await ApplyAsync(entry, ct);
        return entry;
    }

    /// <summary>Erases a whole district: everything of it in every table, then its keys. Of it
    /// stays the record of the erasure. Stop serving the district before; its number must not be used again.</summary>
    /// <param name="tenant">The district.</param>
    /// <param name="reason">Why, for instance the number of a contract; never a name.</param>
    /// <param name="actor">Who does it, as an id; null when unknown.</param>
    /// <param name="ct">Cancels; what the ledger has is then done at the next start.</param>
    public async Task<ErasureEntry> DestroyDistrictAsync(
        DistrictId tenant, string reason, string? actor, CancellationToken ct)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(reason);
        var now = _store.Options.Time.GetUtcNow();
        var entry = new ErasureEntry(Guid.CreateVersion7(now), tenant.Required, null, reason, actor, now);
        await Ledger.AddAsync(entry, ct);
        await ApplyAsync(entry, ct);
        return entry;
    }

    /// <summary>Replaces what stored events say, where personal data is found that no mark protects: in place, with a
    /// record of who and why in <c>es.maskings</c> and an <see cref="EventsMasked"/> in each stream. Rows of one
    /// stream follow; those of several streams when their projection is rebuilt. An older dump has what
    /// was there before: after restoring one, mask again.</summary>
    /// <param name="tenant">The district.</param>
    /// <param name="masking">Which events, and what they say instead.</param>
    /// <param name="reason">Why; never a name.</param>
    /// <param name="actor">Who does it, as an id; null when unknown.</param>
    /// <param name="ct">Cancels between two streams; those that were masked stay so.</param>
    /// <returns>How many events were changed.</returns>
    public Task<int> ApplyEventDataMaskingAsync(
        DistrictId tenant, Action<EventDataMasking> masking, string reason, string? actor, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(masking);
        ArgumentException.ThrowIfNullOrWhiteSpace(reason);
        var what = new EventDataMasking();
        masking(what);
        return new EventMasker(_store, tenant, what, reason, actor).RunAsync(ct);
    }

    /// <summary>What the log knows of somebody.</summary>
    public async Task<SubjectState> FindSubjectAsync(DistrictId tenant, Guid subject, CancellationToken ct)
    {
        await using var command = _store.DataSource.CreateCommand(tenant, FindState);
        command.Parameters.Add(new NpgsqlParameter<short> { TypedValue = tenant.Required });
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = subject });
        return await command.ExecuteScalarAsync(ct) switch
        {
            true => SubjectState.Erased,
            false => SubjectState.Known,
            _ => SubjectState.Unknown,
        };
    }

    /// <summary>Those of some subjects that were erased; for whoever is sent data of many.</summary>
    public async Task<IReadOnlySet<Guid>> FindErasedAsync(
        DistrictId tenant, IReadOnlyCollection<Guid> subjects, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(subjects);
        await using var command = _store.DataSource.CreateCommand(tenant, FindErased);
        command.Parameters.Add(new NpgsqlParameter<short> { TypedValue = tenant.Required });
        command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = [.. subjects] });
        await using var rows = await command.ExecuteReaderAsync(ct);
        return await FoundAsync(rows, ct);
    }

    /// <summary>All of a district that were erased, and with it the promise that nobody else will be until the
    /// caller's transaction ends: for whoever writes rows and events of many. Call it first of all in the transaction,
    /// or an erasure and it would wait for each other.</summary>
    /// <param name="connection">A connection of the owner, inside a transaction.</param>
    /// <param name="tenant">The district.</param>
    /// <param name="ct">Cancels.</param>
    public static async Task<IReadOnlySet<Guid>> HoldUpAsync(
        NpgsqlConnection connection, DistrictId tenant, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(connection);
        await using (var hold = new NpgsqlCommand("select pg_advisory_xact_lock_shared(20123, $1)", connection)
        {
            Parameters = { new NpgsqlParameter<int> { TypedValue = tenant.Required } },
        })
        {
            await hold.ExecuteNonQueryAsync(ct);
        }

        await using var command = new NpgsqlCommand(FindAllErased, connection)
        {
            Parameters = { new NpgsqlParameter<short> { TypedValue = tenant.Required } },
        };
        await using var rows = await command.ExecuteReaderAsync(ct);
        return await FoundAsync(rows, ct);
    }

    private static async Task<HashSet<Guid>> FoundAsync(NpgsqlDataReader rows, CancellationToken ct)
    {
        var erased = new HashSet<Guid>();
        while (await rows.ReadAsync(ct))
        {
            erased.Add(rows.GetGuid(0));
        }

        return erased;
    }

    /// <summary>Does again what the ledger has and the database has not. The other way round, the ledger is told what
    /// only the database knows: another node, with a ledger of its own, did it.</summary>
    internal async Task ReconcileAsync(CancellationToken ct)
    {
        if (_store.Options.ErasureLedger is not { } ledger)
        {
            return;
        }

        var written = await ledger.ReadAsync(ct);
        var done = await ErasureRecords.ReadAsync(_store.OwnerDataSource, ct);
        var known = done.Select(entry => entry.Id).ToHashSet();
        foreach (var entry in written.Where(entry => !known.Contains(entry.Id)))
        {
            await ApplyAsync(entry, ct);
        }

        // A crash may have come between the rows and the keys.
        foreach (var entry in done.Where(entry => entry.Subject is null))
        {
            await DestroyKeysAsync(new(entry.District), ct);
        }

        foreach (var entry in done.ExceptBy(written.Select(entry => entry.Id), entry => entry.Id))
        {
            await ledger.AddAsync(entry, ct);
        }
    }

    private Task ApplyAsync(ErasureEntry entry, CancellationToken ct) => entry.Subject is { } subject
        ? EraseAsync(entry, subject, ct)
        : DestroyAsync(entry, ct);

    /// <summary>The rows first: whoever reads one without its key would take it for damage.</summary>
    private async Task DestroyAsync(ErasureEntry entry, CancellationToken ct)
    {
        var tenant = new DistrictId(entry.District);
        await using (var batch = _store.DataSource.CreateBatch())
        {
            batch.Timeout = 0;
            batch.BatchCommands.Add(DistrictCommand.Enter(tenant));
            batch.BatchCommands.Add(new("select es.destroy_district($1)")
            {
                Parameters = { new NpgsqlParameter<short> { TypedValue = entry.District } },
            });
            batch.BatchCommands.Add(ErasureRecords.Add(entry));
            await batch.ExecuteNonQueryAsync(ct);
        }

        _store.SubjectKeys.ForgetAll(tenant);
        await DestroyKeysAsync(tenant, ct);
    }

    private ValueTask DestroyKeysAsync(DistrictId tenant, CancellationToken ct) =>
        _store.Options.KeyRing?.DestroyAsync(tenant, ct) ?? ValueTask.CompletedTask;

    private async Task EraseAsync(ErasureEntry entry, Guid subject, CancellationToken ct)
    {
        for (var rerun = 0; ; rerun++)
        {
            try
            {
                await TryEraseAsync(entry, subject, ct);
                return;
            }
            catch (PostgresException raced) when (
                raced.SqlState == PostgresErrorCodes.DeadlockDetected && rerun < MostReruns)
            {
                // A rebuild was filling the same rows in another order. Nothing was erased yet.
            }
        }
    }

    /// <summary>One transaction: the key first, which waits for writers; what they left is then seen and
    /// cleared.</summary>
    private async Task TryEraseAsync(ErasureEntry entry, Guid subject, CancellationToken ct)
    {
        var tenant = new DistrictId(entry.District);
        var stream = SubjectStream.Erased(tenant, subject, entry.Reason);
        var unit = new UnitOfWork(_store, tenant, new(entry.Actor));
        await using var batch = unit.Build([stream], [], null, UnitKeys.None);
        batch.Timeout = 0; // An import of a whole district may have to end first.
        var place = 1; // After the statement that names the district.
        batch.BatchCommands.Insert(place++, Erase(entry.District, subject));
        foreach (var clear in PersonalRows.Clear(_store.Options.Tables, entry.District, subject))
        {
            batch.BatchCommands.Insert(place++, clear);
        }

        batch.BatchCommands.Insert(place, ErasureRecords.Add(entry));
        await batch.ExecuteNonQueryAsync(ct);
        _store.SubjectKeys.Forget(tenant, subject);
        _store.Signals.Raise(tenant);
    }

    private static NpgsqlBatchCommand Erase(short tenant, Guid subject) => new("select es.erase_subject($1, $2)")
    {
        Parameters =
        {
            new NpgsqlParameter<short> { TypedValue = tenant },
            new NpgsqlParameter<Guid> { TypedValue = subject },
        },
    };
}
