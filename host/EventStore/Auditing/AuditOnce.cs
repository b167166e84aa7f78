using System.Threading.Channels;
using Npgsql;

namespace K12Hub.EventStore;

/// <summary>Writes records that are not there yet. Whoever does takes turns in a district, on whatever node, so that of
/// two who say the same one writes it and the other one finds it.</summary>
internal sealed class AuditOnce(NpgsqlDataSource source, AuditTrail trail)
{
    private const int LockNumber = 20155;

    // One of a node waits in the database at a time: were all connections with those who wait, none would be left to
    // write with.
    private readonly Channel<bool> _own = Channel.CreateBounded<bool>(1);

    /// <returns>Their numbers, or those of the ones that say the same, in the order of the entries.</returns>
    /// <exception cref="AuditException">Nobody knows which are written; asking again tells.</exception>
    /// <exception cref="NpgsqlException">The same.</exception>
    public async Task<IReadOnlyList<long>> WriteAsync(DistrictId tenant, AuditEntry[] entries, CancellationToken ct)
    {
        await _own.Writer.WriteAsync(true, ct);
        try
        {
            return await WriteInTurnAsync(tenant, entries, ct);
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
        var missing = entries.Where((_, i) => !there.ContainsKey(i))
            .DistinctBy(entry => (AuditPeople.IdOf(entry), entry.Action, GroupsOf(entry), entry.Detail));
        await trail.WriteAllAsync(tenant, missing, CancellationToken.None);
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
        if (entries.DistinctBy(entry => entry.Kind).Count() > 1) throw new ArgumentException("They are of two kinds.");
        await using var find = new NpgsqlCommand(FindOf(entries[0].Kind), connection);
        find.Parameters.Add(new NpgsqlParameter<short> { TypedValue = tenant.Required });
        find.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = Array.ConvertAll(entries, AuditPeople.IdOf) });
        Add(find, entries, entry => entry.Action);
        Add(find, entries, GroupsOf);
        Add(find, entries, entry => entry.Detail);
        var there = new SortedDictionary<int, long>();
        await using var rows = await find.ExecuteReaderAsync(ct);
        while (await rows.ReadAsync(ct)) there[(int)rows.GetInt64(0) - 1] = rows.GetInt64(1);
        return there;
    }

    // The kind is a word of ours. It is said in full, so that the index of what was disclosed can be used: without it
    // all that was ever read of a student is looked through.
    private static string FindOf(AuditKind kind) =>
        $"""
        select e.place, min(r.number)
          from unnest($2::uuid[], $3::text[], $4::text[], $5::text[]) with ordinality
               e (people, action, field_groups, detail, place)
          join es.audit_records r
            on r.tenant_id = $1 and r.people = e.people and r.kind = '{AuditChain.KindOf(kind)}'
           and r.action = e.action and r.field_groups = e.field_groups and r.detail is not distinct from e.detail
         group by e.place
        """;

    private static string GroupsOf(AuditEntry entry) => string.Join(' ', entry.FieldGroups);

    private static void Add(NpgsqlCommand find, AuditEntry[] entries, Converter<AuditEntry, string?> text) =>
        find.Parameters.Add(new NpgsqlParameter<string?[]> { TypedValue = Array.ConvertAll(entries, text) });
}
