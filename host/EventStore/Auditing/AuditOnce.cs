using System.Threading.Channels;
using Npgsql;

namespace K12Hub.EventStore;

/// <summary>Writes a record that is not there yet. Whoever does takes turns in a district, on whatever node, so that of
/// two who say the same one writes it and the other one finds it.</summary>
internal sealed class AuditOnce(NpgsqlDataSource source, AuditTrail trail)
{
    private const int LockNumber = 20155;

    private const string Find =
        """
        select min(number) from es.audit_records
         where tenant_id = $1 and people = $2 and kind = $3 and action = $4 and field_groups = $5
           and detail is not distinct from $6
        """;

    // One of a node waits in the database at a time: were all connections with those who wait, none would be left to
    // write with.
    private readonly Channel<bool> _own = Channel.CreateBounded<bool>(1);

    /// <returns>Its number, or that of the one that says the same.</returns>
    /// <exception cref="AuditException">Nobody knows whether it is written; asking again tells.</exception>
    public async Task<long> WriteAsync(DistrictId tenant, AuditEntry entry, CancellationToken ct)
    {
        await _own.Writer.WriteAsync(true, ct);
        try
        {
            return await WriteInTurnAsync(tenant, entry, ct);
        }
        catch (NpgsqlException failure)
        {
            throw new AuditException("The database did not say whether the record is there.", failure);
        }
        finally
        {
            _own.Reader.TryRead(out _);
        }
    }

    private async Task<long> WriteInTurnAsync(DistrictId tenant, AuditEntry entry, CancellationToken ct)
    {
        await using var connection = await source.OpenConnectionAsync(ct);
        await using var turn = await connection.BeginTransactionAsync(ct);
        await connection.EnterAsync(tenant, ct);
        await using (var take = new NpgsqlCommand("select pg_advisory_xact_lock($1, $2)", connection))
        {
            take.Parameters.Add(new NpgsqlParameter<int> { TypedValue = LockNumber });
            take.Parameters.Add(new NpgsqlParameter<int> { TypedValue = tenant.Required });
            await take.ExecuteNonQueryAsync(ct);
        }

        if (await FindAsync(connection, tenant, entry, ct) is { } there) return there;

        // Whoever stops waiting now would give the turn up while the record is on its way, and whoever says the same
        // again would not find it.
        await trail.WriteAsync(tenant, entry, CancellationToken.None);
        return await FindAsync(connection, tenant, entry, CancellationToken.None)
            ?? throw new InvalidOperationException("The database lost a record that it was just given.");
    }

    private static async Task<long?> FindAsync(
        NpgsqlConnection connection, DistrictId tenant, AuditEntry entry, CancellationToken ct)
    {
        await using var find = new NpgsqlCommand(Find, connection);
        find.Parameters.Add(new NpgsqlParameter<short> { TypedValue = tenant.Required });
        find.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = AuditPeople.IdOf(entry) });
        find.Parameters.Add(new NpgsqlParameter<string> { TypedValue = AuditChain.KindOf(entry.Kind) });
        find.Parameters.Add(new NpgsqlParameter<string> { TypedValue = entry.Action });
        find.Parameters.Add(new NpgsqlParameter<string> { TypedValue = string.Join(' ', entry.FieldGroups) });
        find.Parameters.Add(new NpgsqlParameter<string?> { TypedValue = entry.Detail });
        return await find.ExecuteScalarAsync(ct) as long?;
    }
}
