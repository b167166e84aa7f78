using System.Security.Cryptography;
using Npgsql;
using NpgsqlTypes;

namespace K12Hub.EventStore;

/// <summary>The keys of data subjects: wrapped in the database, open in memory for a few minutes.</summary>
internal sealed class SubjectKeys(NpgsqlDataSource source, IKeyRing? ring, TimeProvider time)
{
    private const string Stored =
        """
        select subject_id, ring_key_id, wrapped_key from es.subject_keys
         where tenant_id = $1 and subject_id = any($2)
        """;

    private const string Make =
        """
        insert into es.subject_keys (tenant_id, subject_id, ring_key_id, wrapped_key)
        select $1, k.* from unnest($2, $3, $4) k order by 2 on conflict do nothing
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
    /// it.</summary>
    public async ValueTask<IReadOnlyDictionary<Guid, SubjectKey>> EnsureAsync(
        DistrictId tenant, IReadOnlyCollection<Guid> subjects, CancellationToken ct)
    {
        var found = Cached(tenant, subjects);
        var unknown = subjects.Where(subject => !found.ContainsKey(subject)).ToArray();
        if (unknown.Length == 0)
        {
            return found;
        }

        await LoadAsync(tenant, unknown, found, ct);
        var made = new List<SubjectKey>();
        foreach (var subject in unknown.Where(subject => !found.ContainsKey(subject)))
        {
            made.Add(await NewAsync(tenant, subject, ct));
        }

        if (made.Count > 0)
        {
            await MakeAsync(tenant, made, ct);
            await LoadAsync(tenant, [.. made.Select(key => key.Subject)], found, ct);
        }

        return found;
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

        foreach (var (subject, wrapped) in stored)
        {
            var key = wrapped is null
                ? SubjectKey.Erased(subject)
                : await UnwrapAsync(tenant, subject, wrapped, ct);
            _cache.Add(tenant.Required, key);
            found[subject] = key;
        }
    }

    private async ValueTask MakeAsync(DistrictId tenant, List<SubjectKey> made, CancellationToken ct)
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
        await command.ExecuteNonQueryAsync(ct);
    }
}
