using Npgsql;
using NpgsqlTypes;

namespace K12Hub.EventStore;

/// <summary>The erasures as the database knows them.</summary>
internal static class ErasureRecords
{
    private const string All =
        """
        select erasure_id, tenant_id, subject_id, reason, actor, asked_at from es.erasures order by asked_at, erasure_id
        """;

    private const string AddOne =
        """
        insert into es.erasures (tenant_id, erasure_id, subject_id, reason, actor, asked_at)
        values ($1, $2, $3, $4, $5, $6) on conflict do nothing
        """;

    public static async Task<IReadOnlyList<ErasureEntry>> ReadAsync(NpgsqlDataSource source, CancellationToken ct)
    {
        await using var command = source.CreateCommand(All);
        await using var rows = await command.ExecuteReaderAsync(ct);
        var found = new List<ErasureEntry>();
        while (await rows.ReadAsync(ct))
        {
            found.Add(new(
                rows.GetGuid(0),
                rows.GetInt16(1),
                rows.IsDBNull(2) ? null : rows.GetGuid(2),
                rows.GetString(3),
                rows.IsDBNull(4) ? null : rows.GetString(4),
                rows.GetFieldValue<DateTimeOffset>(5)));
        }

        return found;
    }

    public static NpgsqlBatchCommand Add(ErasureEntry entry) => new(AddOne)
    {
        Parameters =
        {
            new NpgsqlParameter<short> { TypedValue = entry.District },
            new NpgsqlParameter<Guid> { TypedValue = entry.Id },
            new() { Value = (object?)entry.Subject ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Uuid },
            new NpgsqlParameter<string> { TypedValue = entry.Reason },
            new() { Value = (object?)entry.Actor ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text },
            new NpgsqlParameter<DateTimeOffset> { TypedValue = entry.At.ToUniversalTime() },
        },
    };
}
