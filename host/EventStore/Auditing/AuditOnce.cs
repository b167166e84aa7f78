using System.Threading.Channels;
using Npgsql;

namespace K12Hub.EventStore;

/// <summary>Writes records that are not there yet. Whoever does takes turns in a district, on whatever node, so that of
/// two who say the same one writes it and the other one finds it.</summary>
internal sealed class AuditOnce(NpgsqlDataSource source, AuditTrail trail)
{
    private const int LockNumber = 20155;

    private const string Find =
        """
        select e.place, min(r.number)
          from unnest($2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[]) with ordinality
               e (people, kind, action, field_groups, detail, place)
          join es.audit_records r
            on r.tenant_id = $1 and r.people = e.people and r.kind = e.kind and r.action = e.action
           and r.field_groups = e.field_groups and r.detail is not distinct from e.detail
         group by e.place
        """;

    // One of a node waits in the database at a time: were all connections with those who wait, none would be left to
    // write with.
    private readonly Channel<bool> _own = Channel.CreateBounded<bool>(1);

    /// <returns>Their numbers, or those of the ones that say the same, in the order of the entries.</returns>
    /// <exception cref="AuditException">Nobody knows which are written; asking again tells.</exception>
    public async Task<IReadOnlyList<long>> WriteAsync(DistrictId tenant, AuditEntry[] entries, CancellationToken ct)
    {
        await _own.Writer.WriteAsync(true, ct);
        try
        {
            return await WriteInTurnAsync(tenant, entries, ct);
        }
        catch (NpgsqlException failure)
        {
            throw new AuditException("The database did not say whether the records are there.", failure);
        }
        finally
        {
            _own.Reader.TryRead(out _);
        }
    }

    private async Task<long[]> WriteInTurnAsync(DistrictId tenant, AuditEntry[] entries, CancellationToken ct)
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

        var there = await FindAsync(connection, tenant, entries, ct);
        if (there.Count == entries.Length) return Numbers(there);

        // Whoever stops waiting now would give the turn up while the records are on their way, and whoever says the
        // same again would not find them.
        await Task.WhenAll(Enumerable.Range(0, entries.Length).Where(i => !there.ContainsKey(i))
            .Select(i => trail.WriteAsync(tenant, entries[i], CancellationToken.None)));
        there = await FindAsync(connection, tenant, entries, CancellationToken.None);
        return there.Count == entries.Length
            ? Numbers(there)
            : throw new InvalidOperationException("The database lost a record that it was just given.");
    }

    private static long[] Numbers(SortedDictionary<int, long> there) => [.. there.Values];

    /// <summary>The number of each entry that is there, by its place.</summary>
    private static async Task<SortedDictionary<int, long>> FindAsync(
        NpgsqlConnection connection, DistrictId tenant, AuditEntry[] entries, CancellationToken ct)
    {
        await using var find = new NpgsqlCommand(Find, connection);
        find.Parameters.Add(new NpgsqlParameter<short> { TypedValue = tenant.Required });
        find.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = Array.ConvertAll(entries, AuditPeople.IdOf) });
        Add(find, entries, entry => AuditChain.KindOf(entry.Kind));
        Add(find, entries, entry => entry.Action);
        Add(find, entries, entry => string.Join(' ', entry.FieldGroups));
        Add(find, entries, entry => entry.Detail);
        var there = new SortedDictionary<int, long>();
        await using var rows = await find.ExecuteReaderAsync(ct);
        while (await rows.ReadAsync(ct)) there[(int)rows.GetInt64(0) - 1] = rows.GetInt64(1);
        return there;
    }

    private static void Add(NpgsqlCommand find, AuditEntry[] entries, Converter<AuditEntry, string?> text) =>
        find.Parameters.Add(new NpgsqlParameter<string?[]> { TypedValue = Array.ConvertAll(entries, text) });
}
