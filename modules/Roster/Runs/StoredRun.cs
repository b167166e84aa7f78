using K12Hub.EventStore;
using Npgsql;

namespace K12Hub.Roster;

/// <summary>A run as it is on record.</summary>
internal sealed record StoredRun(Guid Id, string Source, ImportStatus Status)
{
    /// <summary>Finds a run; null when there is none.</summary>
    public static async Task<StoredRun?> FindAsync(
        NpgsqlConnection connection, DistrictId district, Guid id, CancellationToken ct)
    {
        await using var find = connection.Statement(
            $"select source, status from {RosterTables.RunRows} where tenant_id = $1 and id = $2", district.Value, id);
        await using var row = await find.ExecuteReaderAsync(ct);
        return await row.ReadAsync(ct)
            ? new(id, row.GetString(0), Enum.Parse<ImportStatus>(row.GetString(1), ignoreCase: true))
            : null;
    }

    /// <summary>The run of a source that was applied last.</summary>
    public static async Task<Guid> NewestAppliedAsync(
        NpgsqlConnection connection, DistrictId district, string source, CancellationToken ct)
    {
        await using var find = connection.Statement(
            $"""
            select id from {RosterTables.RunRows} where tenant_id = $1 and source = $2 and status = 'applied'
             order by started_at desc limit 1
            """,
            district.Value, source);
        return (Guid)(await find.ExecuteScalarAsync(ct))!;
    }
}
