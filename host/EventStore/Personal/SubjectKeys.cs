using System.Security.Cryptography;
using Npgsql;
using NpgsqlTypes;

namespace K12Hub.EventStore;

/// <summary>The keys of data subjects: wrapped in the database, open in memory for a few minutes.</summary>
internal sealed class SubjectKeys(
    NpgsqlDataSource source, NpgsqlDataSource owner, IKeyRing? ring, TimeProvider time)
{
    private const string Stored =
        """
        select subject_id, ring_key_id, wrapped_key from es.subject_keys
         where tenant_id = $1 and subject_id = any($2)
        """;

    private const string Make =
        """
        insert into es.subject_keys (tenant_id, subject_id, ring_key_id, wrapped_key)
        select $1, k.* from unnest($2, $3, $4) k order by 2 on conflict do nothing returning subject_id
        """;

    private readonly SubjectKeyCache _cache = new(time);

    private IKeyRing Ring => ring ?? throw new InvalidOperationException(
        "There is personal data in the store and no key ring. Set options.KeyRing.");

    /// <summary>The keys to read with.</summary>
    /// <exception cref="SubjectKeyMissingException">The database has no trace of a key.</exception>
    public async ValueTask<IReadOnlyDictionary<Guid, SubjectKey>> ForReadingAsync(
        DistrictId tenant, IReadOnlyCollection<Guid> subjects, CancellationToken ct)
    {
        var found = Cached(tenant, subjects);
        await FindAsync(tenant, [.. subjects.Where(subject => !found.ContainsKey(subject))], found, ct);
        return found;
    }

    /// <summary>Those keys to read with that there are; lost ones are left out.</summary>
    public async ValueTask<IReadOnlyDictionary<Guid, SubjectKey>> TryForReadingAsync(
        DistrictId tenant, IReadOnlyCollection<Guid> subjects, CancellationToken ct)
    {
        try
        {
            return await ForReadingAsync(tenant, subjects, ct);
        }
        catch (SubjectKeyMissingException)
        {
            // One by one: some are not there, or in a ring key that is not.
        }

        var found = Cached(tenant, subjects);
        foreach (var subject in subjects.Where(subject => !found.ContainsKey(subject)))
        {
            try
            {
                await FindAsync(tenant, [subject], found, ct);
            }
            catch (SubjectKeyMissingException)
            {
                found.Remove(subject); // Whoever asked sees that it is not among them.
            }
        }

        return found;
    }

    /// <summary>The keys to read with as the database has them now, whatever is in memory.</summary>
    /// <exception cref="SubjectKeyMissingException">The database has no trace of a key.</exception>
    public async ValueTask<IReadOnlyDictionary<Guid, SubjectKey>> AsStoredAsync(
        DistrictId tenant, IReadOnlyCollection<Guid> subjects, CancellationToken ct)
    {
        var found = new Dictionary<Guid, SubjectKey>();
        await FindAsync(tenant, [.. subjects], found, ct);
        return found;
    }

    /// <summary>The keys to write with. For subjects that nothing is known of, new ones are made; they are stored with
    /// the unit, which is refused when there was one after all.</summary>
    public async ValueTask<Dictionary<Guid, SubjectKey>> ForWritingAsync(
        DistrictId tenant, IReadOnlyCollection<Guid> subjects, CancellationToken ct)
    {
        var found = Cached(tenant, subjects);
        foreach (var subject in subjects.Where(subject => !found.ContainsKey(subject)))
        {
            found.Add(subject, await NewAsync(tenant, subject, ct));
        }

        return found;
    }

    /// <summary>The keys of many subjects; those that have none get one now, whatever becomes of what is written with
    /// it. Not remembered: they would drive out those that are used every minute.</summary>
    /// <param name="tenant">The district.</param>
    /// <param name="subjects">Whose.</param>
    /// <param name="areNew">Whether they are believed to have none: saves looking for them.</param>
    /// <param name="ct">Cancels.</param>
    public async ValueTask<List<SubjectKey>> EnsureAsync(
        DistrictId tenant, IReadOnlyCollection<Guid> subjects, bool areNew, CancellationToken ct)
    {
        var found = areNew ? [] : await ReadAsync(tenant, [.. subjects], ct);
        var known = found.Select(key => key.Subject).ToHashSet();
        var unknown = subjects.Where(subject => !known.Contains(subject)).ToList();
        if (unknown.Count > 0)
        {
            var made = KeyWrap.Make(await Ring.CurrentAsync(tenant, ct), tenant.Required, unknown);
            if (areNew && await KeyCopy.TryStoreAsync(owner, tenant.Required, made, ct))
            {
                return made.ConvertAll(key => key with { Wrapped = null });
            }

            var stored = await MakeAsync(tenant, made, ct);
            found.AddRange(made.Where(key => stored.Contains(key.Subject)).Select(key => key with { Wrapped = null }));

            // Whoever was faster: theirs are the keys.
            var others = unknown.Where(subject => !stored.Contains(subject)).ToArray();
            found.AddRange(others.Length == 0 ? [] : await ReadAsync(tenant, others, ct));
        }

        return found;
    }

    /// <summary>Whether a district has any key at all.</summary>
    public async ValueTask<bool> AnyAsync(DistrictId tenant, CancellationToken ct)
    {
        await using var command = source.CreateCommand(
            tenant, "select exists (select from es.subject_keys where tenant_id = $1)");
        command.Parameters.Add(new NpgsqlParameter<short> { TypedValue = tenant.Required });
        return (bool)(await command.ExecuteScalarAsync(ct))!;
    }

    /// <summary>How many subjects of a district were erased so far.</summary>
    public async ValueTask<long> CountErasedAsync(DistrictId tenant, CancellationToken ct)
    {
        await using var command = source.CreateCommand(tenant, "select es.count_erased($1)");
        command.Parameters.Add(new NpgsqlParameter<short> { TypedValue = tenant.Required });
        return (long)(await command.ExecuteScalarAsync(ct))!;
    }

    /// <summary>Asks the database anew, whatever was known.</summary>
    public async ValueTask RefreshAsync(DistrictId tenant, IReadOnlyCollection<Guid> subjects, CancellationToken ct)
    {
        _cache.Remove(tenant.Required, subjects);
        await LoadAsync(tenant, [.. subjects], [], ct);
    }

    /// <summary>Remembers keys that were stored with a unit.</summary>
    public void Remember(DistrictId tenant, IEnumerable<SubjectKey> keys)
    {
        foreach (var key in keys)
        {
            _cache.Add(tenant.Required, key with { Wrapped = null });
        }
    }

    public void Forget(DistrictId tenant, params IEnumerable<Guid> subjects) =>
        _cache.Remove(tenant.Required, subjects);

    public void ForgetAll(DistrictId tenant) => _cache.RemoveAll(tenant.Required);

    /// <summary>Opens a stored key.</summary>
    public async ValueTask<SubjectKey> UnwrapAsync(
        DistrictId tenant, Guid subject, WrappedKey wrapped, CancellationToken ct)
    {
        var key = await Ring.FindAsync(tenant, wrapped.RingKeyId, ct)
            ?? throw new SubjectKeyMissingException(subject, wrapped.RingKeyId);
        return new(subject, KeyWrap.Unwrap(key, tenant.Required, subject, wrapped.Bytes));
    }

    private Dictionary<Guid, SubjectKey> Cached(DistrictId tenant, IEnumerable<Guid> subjects)
    {
        var found = new Dictionary<Guid, SubjectKey>();
        foreach (var subject in subjects)
        {
            if (_cache.TryGet(tenant.Required, subject, out var key))
            {
                found[subject] = key;
            }
        }

        return found;
    }

    private async ValueTask FindAsync(
        DistrictId tenant, Guid[] wanted, Dictionary<Guid, SubjectKey> found, CancellationToken ct)
    {
        if (wanted.Length == 0)
        {
            return;
        }

        await LoadAsync(tenant, wanted, found, ct);
        if (Array.FindIndex(wanted, subject => !found.ContainsKey(subject)) is >= 0 and var lost)
        {
            throw new SubjectKeyMissingException(wanted[lost]);
        }
    }

    private async ValueTask<SubjectKey> NewAsync(DistrictId tenant, Guid subject, CancellationToken ct)
    {
        var secret = RandomNumberGenerator.GetBytes(KeyWrap.KeyBytes);
        var wrapped = KeyWrap.Wrap(await Ring.CurrentAsync(tenant, ct), tenant.Required, subject, secret);
        return new(subject, secret, wrapped);
    }

    private async ValueTask LoadAsync(
        DistrictId tenant, Guid[] subjects, Dictionary<Guid, SubjectKey> found, CancellationToken ct)
    {
        foreach (var key in await ReadAsync(tenant, subjects, ct))
        {
            _cache.Add(tenant.Required, key);
            found[key.Subject] = key;
        }
    }

    /// <summary>The keys that the database has.</summary>
    private async ValueTask<List<SubjectKey>> ReadAsync(DistrictId tenant, Guid[] subjects, CancellationToken ct)
    {
        var stored = new List<(Guid Subject, WrappedKey? Key)>();
        await using (var command = source.CreateCommand(tenant, Stored))
        {
            command.Parameters.Add(new NpgsqlParameter<short> { TypedValue = tenant.Required });
            command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = subjects });
            await using var rows = await command.ExecuteReaderAsync(ct);
            while (await rows.ReadAsync(ct))
            {
                stored.Add((
                    rows.GetGuid(0),
                    rows.IsDBNull(2) ? null : new(rows.GetString(1), rows.GetFieldValue<byte[]>(2))));
            }
        }

        var found = new List<SubjectKey>(stored.Count);
        foreach (var (subject, wrapped) in stored)
        {
            found.Add(wrapped is null
                ? SubjectKey.Erased(subject)
                : await UnwrapAsync(tenant, subject, wrapped, ct));
        }

        return found;
    }

    /// <returns>Those that had none before.</returns>
    private async ValueTask<HashSet<Guid>> MakeAsync(DistrictId tenant, List<SubjectKey> made, CancellationToken ct)
    {
        await using var command = source.CreateCommand(tenant, Make);
        command.Parameters.Add(new NpgsqlParameter<short> { TypedValue = tenant.Required });
        command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = [.. made.Select(k => k.Subject)] });
        command.Parameters.Add(
            new NpgsqlParameter<string[]> { TypedValue = [.. made.Select(k => k.Wrapped!.RingKeyId)] });
        command.Parameters.Add(new()
        {
            Value = made.Select(k => k.Wrapped!.Bytes).ToArray(),
            NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bytea,
        });
        await using var rows = await command.ExecuteReaderAsync(ct);
        var stored = new HashSet<Guid>(made.Count);
        while (await rows.ReadAsync(ct))
        {
            stored.Add(rows.GetGuid(0));
        }

        return stored;
    }
}
