using K12Hub.EventStore;
using K12Hub.Hosting;
using Npgsql;

namespace K12Hub.Roster;

/// <summary>One at a time in a district who holds or erases: whoever looked for holds and found none may erase until
/// the turn ends.</summary>
internal sealed class PrivacyTurn : IAsyncDisposable
{
    private const int LockNumber = 20150;

    /// <summary>The person, the records that are known to be the same, and the accounts they sign in with.</summary>
    private const string FindSubjects =
        $"""
        with record as (
          select $2::uuid as id
           union
          select other.record_id from {RosterTables.LinkRows} mine
            join {RosterTables.LinkRows} other on other.tenant_id = $1 and other.person_id = mine.person_id
           where mine.tenant_id = $1 and mine.record_id = $2
        )
        select id from record
         union
        select l.account_id from roster.account_links_v1 l
         where l.tenant_id = $1 and l.ended_at is null and l.person_id in (select id from record)
         order by 1
        """;

    private readonly NpgsqlConnection connection;
    private readonly NpgsqlTransaction transaction;
    private readonly DistrictId district;

    private PrivacyTurn(NpgsqlConnection connection, NpgsqlTransaction transaction, DistrictId district) =>
        (this.connection, this.transaction, this.district) = (connection, transaction, district);

    public static async Task<PrivacyTurn> TakeAsync(DocumentStore store, DistrictId district, CancellationToken ct)
    {
        var connection = await store.OwnerDataSource.OpenConnectionAsync(ct);
        try
        {
            var transaction = await connection.BeginTransactionAsync(ct);
            await connection.RunAsync("select pg_advisory_xact_lock($1, $2)", ct, LockNumber, (int)district.Value);
            return new(connection, transaction, district);
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>Lets no import of the district begin before the turn ends.</summary>
    /// <returns>False when one is going on.</returns>
    public async Task<bool> TryHoldUpImportsAsync(CancellationToken ct)
    {
        await using var hold = connection.Statement(
            "select pg_try_advisory_xact_lock($1, $2)", StagingArea.LockNumber, (int)district.Value);
        return (bool)(await hold.ExecuteScalarAsync(ct))!;
    }

    /// <summary>Whether a schedule still has the person erased.</summary>
    public Task<DuePerson?> DueAsync(Guid person, DateTimeOffset now, CancellationToken ct) =>
        DueRecords.FindAsync(connection, district, person, now, ct);

    /// <summary>Whether the roster knows the person.</summary>
    public Task<bool> KnowsAsync(Guid person, CancellationToken ct) =>
        OverrideValues.IsThereAsync(connection, district, RosterKinds.Users.Rows, person, ct);

    /// <summary>Everything that is erased with a person.</summary>
    public async Task<IReadOnlyList<Guid>> SubjectsAsync(Guid person, CancellationToken ct)
    {
        await using var find = connection.Statement(FindSubjects, district.Value, person);
        await using var rows = await find.ExecuteReaderAsync(ct);
        var subjects = new List<Guid>();
        while (await rows.ReadAsync(ct)) subjects.Add(rows.GetGuid(0));
        return subjects;
    }

    /// <summary>Those of them who are or were students.</summary>
    public async Task<IReadOnlyList<Guid>> StudentsAsync(IReadOnlyList<Guid> subjects, CancellationToken ct)
    {
        await using var find = connection.Statement(
            $"select id from {RosterKinds.Users.Rows} where tenant_id = $1 and id = any($2) and is_student",
            district.Value, subjects.ToArray());
        await using var rows = await find.ExecuteReaderAsync(ct);
        var students = new List<Guid>();
        while (await rows.ReadAsync(ct)) students.Add(rows.GetGuid(0));
        return students;
    }

    /// <summary>What a student is about for the policy; null where the roster knows no such student.</summary>
    public async Task<Subject?> StudentAsync(Guid student, CancellationToken ct)
    {
        await using var find = connection.Statement(
            $"select school_id from {RosterKinds.Users.Rows} where tenant_id = $1 and id = $2 and is_student",
            district.Value, student);
        await using var rows = await find.ExecuteReaderAsync(ct);
        if (!await rows.ReadAsync(ct)) return null;

        return new() { Schools = rows.IsDBNull(0) ? [] : [rows.GetGuid(0)], People = [student] };
    }

    /// <summary>Why one of them must be kept; null where nothing speaks against erasing.</summary>
    public async Task<Refusal?> KeptByAsync(IReadOnlyCollection<Guid> subjects, CancellationToken ct)
    {
        await using var find = connection.Statement(
            $"""
            select exists (select from {RosterTables.HoldRows}
                            where tenant_id = $1 and person_id = any($2) and released_at is null),
                   exists (select from {RosterTables.AmendmentRows}
                            where tenant_id = $1 and student_id = any($2) and state = '{Amendment.IsRequested}')
            """,
            district.Value, subjects.ToArray());
        await using var rows = await find.ExecuteReaderAsync(ct);
        await rows.ReadAsync(ct);
        return rows.GetBoolean(0) ? PrivacyRefusals.Held
            : rows.GetBoolean(1) ? PrivacyRefusals.OpenRequest
            : null;
    }

    /// <summary>All requests there ever were to amend records of a student.</summary>
    public async Task<IReadOnlyList<(Guid Id, string State, string What, string Why)>> AmendmentsAsync(
        Guid student, CancellationToken ct)
    {
        await using var find = connection.Statement(
            $"""
            select id, state, what, why from {RosterTables.AmendmentRows} where tenant_id = $1 and student_id = $2
            """,
            district.Value, student);
        await using var rows = await find.ExecuteReaderAsync(ct);
        var all = new List<(Guid, string, string, string)>();
        while (await rows.ReadAsync(ct))
        {
            all.Add((rows.GetGuid(0), rows.GetString(1), rows.GetString(2), rows.GetString(3)));
        }

        return all;
    }

    /// <summary>All holds there ever were on a person.</summary>
    public async Task<IReadOnlyList<(Guid Id, string Reason, bool IsReleased)>> HoldsAsync(
        Guid person, CancellationToken ct)
    {
        await using var find = connection.Statement(
            $"""
            select id, reason, released_at is not null from {RosterTables.HoldRows}
             where tenant_id = $1 and person_id = $2
            """,
            district.Value, person);
        await using var rows = await find.ExecuteReaderAsync(ct);
        var holds = new List<(Guid, string, bool)>();
        while (await rows.ReadAsync(ct)) holds.Add((rows.GetGuid(0), rows.GetString(1), rows.GetBoolean(2)));
        return holds;
    }

    /// <summary>How many rows of which table hold something of them.</summary>
    public async Task<IReadOnlyList<ErasureCount>> CountAsync(
        TableMaps tables, IReadOnlyCollection<Guid> subjects, CancellationToken ct)
    {
        var counts = from table in tables.All
                     from whose in table.Columns.Where(c => c.Personal is not null)
                         .Select(c => c.Personal!.SubjectColumn).Distinct()
                     select $"select '{table.View}', count(*) from {table.View} "
                         + $"where tenant_id = $1 and \"{whose}\" = any($2)";
        await using var find = connection.Statement(
            string.Join(" union all ", counts), district.Value, subjects.ToArray());
        await using var rows = await find.ExecuteReaderAsync(ct);
        var found = new SortedDictionary<string, long>(StringComparer.Ordinal);
        while (await rows.ReadAsync(ct))
        {
            if (rows.GetInt64(1) is > 0 and var some)
                found[rows.GetString(0)] = found.GetValueOrDefault(rows.GetString(0)) + some;
        }

        return [.. found.Select(one => new ErasureCount(one.Key, one.Value))];
    }

    public async ValueTask DisposeAsync()
    {
        await transaction.DisposeAsync();
        await connection.DisposeAsync();
    }
}
