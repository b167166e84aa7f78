using Npgsql;
using NpgsqlTypes;

namespace K12Hub.EventStore;

/// <summary>Wraps the keys of subjects in a new key of the ring. Nobody waits: the keys themselves stay as they
/// are.</summary>
internal sealed class KeyRotation(NpgsqlDataSource source, IKeyRing? keyRing, SubjectKeys keys)
{
    private const string Old =
        """
        select subject_id, ring_key_id, wrapped_key from es.subject_keys
         where tenant_id = $1 and wrapped_key is not null and ring_key_id <> $2 limit 1000
        """;

    // A key that was destroyed meanwhile stays destroyed.
    private const string Replace =
        """
        update es.subject_keys k set ring_key_id = $2, wrapped_key = n.wrapped
          from unnest($3, $4, $5) n(subject, replaced, wrapped)
         where k.tenant_id = $1 and k.subject_id = n.subject and k.ring_key_id = n.replaced
        """;

    private const string InUse =
        "select distinct ring_key_id from es.subject_keys where tenant_id = $1 and wrapped_key is not null";

    public async Task<int> RunAsync(DistrictId tenant, CancellationToken ct)
    {
        var ring = keyRing ?? throw new InvalidOperationException("There is no key ring. Set options.KeyRing.");
        var current = await ring.RotateAsync(tenant, ct);
        var count = 0;
        while (await FindAsync(tenant, current.Id, ct) is { Count: > 0 } old)
        {
            count += await ReplaceAsync(tenant, current, old, ct);
        }

        await ring.RetireAsync(tenant, await InUseAsync(tenant, ct), ct);
        return count;
    }

    private async Task<List<(Guid Subject, WrappedKey Key)>> FindAsync(
        DistrictId tenant, string current, CancellationToken ct)
    {
        await using var command = source.CreateCommand(tenant, Old);
        command.Parameters.Add(new NpgsqlParameter<short> { TypedValue = tenant.Required });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = current });
        await using var rows = await command.ExecuteReaderAsync(ct);
        var found = new List<(Guid, WrappedKey)>();
        while (await rows.ReadAsync(ct))
        {
            found.Add((rows.GetGuid(0), new(rows.GetString(1), rows.GetFieldValue<byte[]>(2))));
        }

        return found;
    }

    private async Task<int> ReplaceAsync(
        DistrictId tenant, RingKey current, List<(Guid Subject, WrappedKey Key)> old, CancellationToken ct)
    {
        var wrapped = new List<byte[]>();
        foreach (var (subject, key) in old)
        {
            var open = await keys.UnwrapAsync(tenant, subject, key, ct);
            wrapped.Add(KeyWrap.Wrap(current, tenant.Required, subject, open.Secret.Span).Bytes);
        }

        await using var command = source.CreateCommand(tenant, Replace);
        command.Parameters.Add(new NpgsqlParameter<short> { TypedValue = tenant.Required });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = current.Id });
        command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = [.. old.Select(o => o.Subject)] });
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. old.Select(o => o.Key.RingKeyId)] });
        command.Parameters.Add(new()
        {
            Value = wrapped.ToArray(),
            NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bytea,
        });
        return await command.ExecuteNonQueryAsync(ct);
    }

    private async Task<IReadOnlyCollection<string>> InUseAsync(DistrictId tenant, CancellationToken ct)
    {
        await using var command = source.CreateCommand(tenant, InUse);
        command.Parameters.Add(new NpgsqlParameter<short> { TypedValue = tenant.Required });
        await using var rows = await command.ExecuteReaderAsync(ct);
        var found = new List<string>();
        while (await rows.ReadAsync(ct))
        {
            found.Add(rows.GetString(0));
        }

        return found;
    }
}
