using Npgsql;

namespace K12Hub.EventStore;

/// <summary>Stores keys of many subjects by COPY: a first load makes one for every person of a district.</summary>
internal static class KeyCopy
{
    private const string Columns = "es.subject_keys (tenant_id, subject_id, ring_key_id, wrapped_key)";

    /// <summary>Stores all of them, or none.</summary>
    /// <returns>False when one of them has a key after all, or PostgreSQL refuses this owner to copy.</returns>
    public static async ValueTask<bool> TryStoreAsync(
        NpgsqlDataSource owner, short tenant, IReadOnlyList<SubjectKey> made, CancellationToken ct)
    {
        await using var connection = await owner.OpenConnectionAsync(ct);
        await using var ask = new NpgsqlCommand("select row_security_active('es.subject_keys')", connection);
        if (await ask.ExecuteScalarAsync(ct) is true)
        {
            return false;
        }

        try
        {
            await CopyAsync(connection, tenant, made, ct);
            return true;
        }
        catch (PostgresException known) when (known.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            return false;
        }
    }

    private static async Task CopyAsync(
        NpgsqlConnection connection, short tenant, IReadOnlyList<SubjectKey> made, CancellationToken ct)
    {
        await using var copy = await CopyWriter.StartAsync(connection, Columns, ct);

        // In the order of the index.
        foreach (var key in made.OrderBy(key => key.Subject))
        {
            copy.StartRow(4);
            copy.Short(tenant);
            copy.Id(key.Subject);
            copy.Bytes(CopyWriter.Utf8(key.Wrapped!.RingKeyId));
            copy.Bytes(key.Wrapped.Bytes);
            await copy.EndRowAsync(ct);
        }

        await copy.CompleteAsync(ct);
    }
}
