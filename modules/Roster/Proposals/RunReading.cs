using K12Hub.Contracts;
using K12Hub.EventStore;
using Npgsql;

namespace K12Hub.Roster;

/// <summary>Reads what is on record of runs, for the command line.</summary>
internal static class RunReading
{
    private const string Summaries = """
        select r.id, r.source, r.origin, r.status, r.started_at, coalesce(sum(c.added), 0)::int,
               coalesce(sum(c.changed), 0)::int, coalesce(sum(c.ended), 0)::int, coalesce(sum(c.returned), 0)::int,
               r.finding_count
          from roster.sync_runs r left join roster.sync_counts c on c.tenant_id = r.tenant_id and c.run_id = r.id
         where r.tenant_id = $1 and ($2::uuid is null or r.id = $2)
         group by r.id, r.source, r.origin, r.status, r.started_at, r.finding_count
         order by r.started_at desc limit $3
        """;

    private const string Changes = """
        select collection, school_id, school_name, in_force, added, changed, ended, returned
          from roster.sync_changes where tenant_id = $1 and run_id = $2 order by number
        """;

    private const string Reasons = """
        select effect, rule, message, file from roster.sync_findings
         where tenant_id = $1 and run_id = $2 and effect in ('runHeld', 'runRejected') order by number
        """;

    private const string Turns = """
        select status, decided_at, decided_by, reason from roster.sync_decisions
         where tenant_id = $1 and run_id = $2 order by decided_at
        """;

    public static Task<List<RunSummary>> SummariesAsync(
        NpgsqlConnection connection, DistrictId district, Guid? run, int limit, CancellationToken ct) =>
        ReadAsync(connection, Summaries, row => new RunSummary(
            row.GetGuid(0), row.GetString(1), row.GetString(2), Status(row.GetString(3)),
            row.GetFieldValue<DateTimeOffset>(4), row.GetInt32(5), row.GetInt32(6), row.GetInt32(7), row.GetInt32(8),
            row.GetInt32(9)), ct, district.Value, (object?)run ?? DBNull.Value, limit);

    public static async Task<RunDetails> DetailsAsync(
        NpgsqlConnection connection, DistrictId district, RunSummary run, CancellationToken ct) => new(
        run,
        await ReadAsync(connection, Changes, row => new ProposedChange(
            row.GetString(0), row.IsDBNull(1) ? null : row.GetGuid(1), Text(row, 2), row.GetInt32(3), row.GetInt32(4),
            row.GetInt32(5), row.GetInt32(6), row.GetInt32(7)), ct, district.Value, run.Run),
        await ReadAsync(connection, Reasons, row => new RosterFinding(
            Enum.Parse<FindingEffect>(row.GetString(0), ignoreCase: true), row.GetString(1), row.GetString(2),
            Text(row, 3)), ct, district.Value, run.Run),
        await ReadAsync(connection, Turns, row => new RunTurn(
            Status(row.GetString(0)), row.GetFieldValue<DateTimeOffset>(1), Text(row, 2), Text(row, 3)), ct,
            district.Value, run.Run));

    private static async Task<List<T>> ReadAsync<T>(
        NpgsqlConnection connection, string sql, Func<NpgsqlDataReader, T> read, CancellationToken ct,
        params object[] values)
    {
        var all = new List<T>();
        await using var command = connection.Statement(sql, values);
        await using var rows = await command.ExecuteReaderAsync(ct);
        while (await rows.ReadAsync(ct)) all.Add(read(rows));
        return all;
    }

    private static ImportStatus Status(string word) => Enum.Parse<ImportStatus>(word, ignoreCase: true);

    private static string? Text(NpgsqlDataReader row, int column) =>
        row.IsDBNull(column) ? null : row.GetString(column);
}
