using K12Hub.Contracts;

namespace K12Hub.Roster;

/// <summary>Notices a source that serves a school year that is over while another one goes on: an account that is
/// pinned to last year's calendar, mostly. Everything of this year would end.</summary>
internal static class SessionCover
{
    private const string Ask =
        """
        select exists (select from {rows} r where r.tenant_id = $1 and r.source = $2 and r.ended_at is null
                          and r.start_date <= $3 and r.end_date > $3),
               exists (select from {staged} s where not s.deleted),
               exists (select from {staged} s where not s.deleted and s.end_date > $3)
        """;

    /// <summary>Why the run must be looked at; null when it may go on.</summary>
    /// <param name="run">The run.</param>
    /// <param name="today">Its day.</param>
    /// <param name="ct">Stops the run.</param>
    public static async Task<RosterFinding?> LookAsync(RunScope run, DateOnly today, CancellationToken ct)
    {
        var kind = RosterKinds.AcademicSessions;
        if (run.ModeOf(kind) is not CollectionMode.Bulk) return null;

        var sql = Ask.Replace("{rows}", kind.Rows, StringComparison.Ordinal)
            .Replace("{staged}", kind.Staged, StringComparison.Ordinal);
        await using var command = run.Area.Main.Statement(sql, run.District.Value, run.Source, today);
        await using var row = await command.ExecuteReaderAsync(ct);
        await row.ReadAsync(ct);
        return row.GetBoolean(0) && row.GetBoolean(1) && !row.GetBoolean(2)
            ? new(FindingEffect.RunHeld, "hold.sessionsPast",
                "All academic sessions that are sent are over, and one that is known goes on: the source may serve "
                + "last year. If that is right, apply the run; else reject it.", run.NameOf(kind.Collection))
            : null;
    }
}
