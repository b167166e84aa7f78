using K12Hub.EventStore;
using Npgsql;

namespace K12Hub.StaffDirectory;

/// <summary>One at a time in a district who assigns or ends: whoever looked for assignments that overlap and found none
/// may go on until the turn ends.</summary>
internal sealed class AssignmentTurn : IAsyncDisposable
{
    private const int LockNumber = 20160;

    private const string FindPosition =
        "select is_retired from directory.positions_v1 where tenant_id = $1 and id = $2";

    private const string FindAll =
        """
        select id, first_day, last_day, share, is_primary from directory.assignments_v1
         where tenant_id = $1 and position_id = $2 and organization_id = $3 and person_id = $4
        """;

    private readonly NpgsqlConnection connection;
    private readonly NpgsqlTransaction transaction;
    private readonly DistrictId district;

    private AssignmentTurn(NpgsqlConnection connection, NpgsqlTransaction transaction, DistrictId district) =>
        (this.connection, this.transaction, this.district) = (connection, transaction, district);

    public static async Task<AssignmentTurn> TakeAsync(DocumentStore store, DistrictId district, CancellationToken ct)
    {
        var connection = await store.OwnerDataSource.OpenConnectionAsync(ct);
        try
        {
            var turn = new AssignmentTurn(connection, await connection.BeginTransactionAsync(ct), district);
            await using var take = turn.Command(
                "select pg_advisory_xact_lock($1, $2)", LockNumber, (int)district.Value);
            await take.ExecuteNonQueryAsync(ct);
            return turn;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>Whether a position is retired; null when there is none.</summary>
    public async Task<bool?> IsRetiredAsync(Guid position, CancellationToken ct)
    {
        await using var find = Command(FindPosition, district.Value, position);
        return (bool?)await find.ExecuteScalarAsync(ct);
    }

    /// <summary>All assignments of a person to a position at an organization, ended ones too.</summary>
    public async Task<IReadOnlyList<KnownAssignment>> AllAsync(
        Guid person, Guid position, Guid organization, CancellationToken ct)
    {
        await using var find = Command(FindAll, district.Value, position, organization, person);
        await using var rows = await find.ExecuteReaderAsync(ct);
        var found = new List<KnownAssignment>();
        while (await rows.ReadAsync(ct))
        {
            found.Add(new(
                rows.GetGuid(0), DayOf(rows, 1), DayOf(rows, 2),
                rows.IsDBNull(3) ? null : rows.GetDecimal(3), rows.GetBoolean(4)));
        }

        return found;
    }

    public async ValueTask DisposeAsync()
    {
        await transaction.DisposeAsync();
        await connection.DisposeAsync();
    }

    private static DateOnly? DayOf(NpgsqlDataReader row, int column) =>
        row.IsDBNull(column) ? null : row.GetFieldValue<DateOnly>(column);

    private NpgsqlCommand Command(string sql, params ReadOnlySpan<object> values)
    {
        var command = new NpgsqlCommand(sql, connection);
        foreach (var value in values) command.Parameters.Add(new() { Value = value });
        return command;
    }
}
