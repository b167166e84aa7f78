using K12Hub.EventStore;
using Npgsql;

namespace K12Hub.StaffDirectory;

/// <summary>One at a time in a district who says who is there, and who is away: whoever looked for what overlaps and
/// found nothing may go on until the turn ends.</summary>
internal sealed class StaffTurn : IAsyncDisposable
{
    private const int LockNumber = 20160;

    private const string FindPosition =
        "select is_retired from directory.positions_v1 where tenant_id = $1 and id = $2";

    private const string FindAll =
        """
        select id, first_day, last_day, share, is_primary from directory.assignments_v1
         where tenant_id = $1 and position_id = $2 and organization_id = $3 and person_id = $4
        """;

    private const string FindPlaces =
        """
        select distinct organization_id from directory.assignments_v1
         where tenant_id = $1 and person_id = $2 and (last_day is null or last_day >= $3)
        """;

    private const string FindAbsences =
        """
        select id, person_id, first_day, last_day, deputy_id, is_cancelled from directory.absences_v1
         where tenant_id = $1 and person_id = $2
        """;

    // Whoever is away meanwhile of those who would stand in, and who would stand in for them.
    private const string FindAway =
        """
        with recursive away as (
          select a.id, a.person_id, a.first_day, a.last_day, a.deputy_id from directory.absences_v1 a
           where a.tenant_id = $1 and a.person_id = $2 and a.first_day <= $4 and a.last_day >= $3
             and not a.is_cancelled
           union
          select b.id, b.person_id, b.first_day, b.last_day, b.deputy_id
            from away a join directory.absences_v1 b on b.tenant_id = $1 and b.person_id = a.deputy_id
             and b.first_day <= $4 and b.last_day >= $3 and not b.is_cancelled)
        select * from away
        """;

    private readonly NpgsqlConnection connection;
    private readonly NpgsqlTransaction transaction;
    private readonly DistrictId district;

    private StaffTurn(NpgsqlConnection connection, NpgsqlTransaction transaction, DistrictId district) =>
        (this.connection, this.transaction, this.district) = (connection, transaction, district);

    public static async Task<StaffTurn> TakeAsync(DocumentStore store, DistrictId district, CancellationToken ct)
    {
        var connection = await store.OwnerDataSource.OpenConnectionAsync(ct);
        try
        {
            var turn = new StaffTurn(connection, await connection.BeginTransactionAsync(ct), district);
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

    /// <summary>Where somebody has a position on a day, or will have one.</summary>
    public async Task<IReadOnlyList<Guid>> PlacesOfAsync(Guid person, DateOnly day, CancellationToken ct)
    {
        await using var find = Command(FindPlaces, district.Value, person, day);
        await using var rows = await find.ExecuteReaderAsync(ct);
        var found = new List<Guid>();
        while (await rows.ReadAsync(ct)) found.Add(rows.GetGuid(0));
        return found;
    }

    /// <summary>When somebody is away, and how often somebody was said to be, cancelled or erased ones too.</summary>
    public async Task<(IReadOnlyList<KnownAbsence> Known, int Count)> AbsencesOfAsync(
        Guid person, CancellationToken ct)
    {
        await using var find = Command(FindAbsences, district.Value, person);
        await using var rows = await find.ExecuteReaderAsync(ct);
        var (found, count) = (new List<KnownAbsence>(), 0);
        for (; await rows.ReadAsync(ct); count++)
        {
            if (!rows.IsDBNull(2) && !rows.GetBoolean(5)) found.Add(KnownAbsence.Read(rows));
        }

        return (found, count);
    }

    /// <summary>Who is away on some of these days: somebody, and who would stand in one after another.</summary>
    public async Task<IReadOnlyCollection<KnownAbsence>> AwayAsync(
        Guid person, DateOnly from, DateOnly to, CancellationToken ct)
    {
        await using var find = Command(FindAway, district.Value, person, from, to);
        await using var rows = await find.ExecuteReaderAsync(ct);
        var found = new List<KnownAbsence>();
        while (await rows.ReadAsync(ct)) found.Add(KnownAbsence.Read(rows));
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
