using K12Hub.Contracts;
using Npgsql;

namespace K12Hub.Roster;

/// <summary>What is to be done.</summary>
/// <param name="Counts">How much of each collection.</param>
/// <param name="FirstLoads">Kinds of which nothing was stored: all that is sent is new.</param>
internal sealed record Differences(
    IReadOnlyDictionary<string, ImportCounts> Counts, IReadOnlySet<RosterKind> FirstLoads)
{
    /// <summary>Whether it takes a run back: what is withdrawn or ends again counts as ended.</summary>
    public bool IsUndoing { get; init; }

    /// <summary>Whether there is anything to be done.</summary>
    public bool IsAny => Counts.Values.Any(count => count.Differences > 0);

    /// <summary>The counts as they are told: what no source sends is told where it differs.</summary>
    public IReadOnlyDictionary<string, ImportCounts> Shown => Counts
        .Where(pair => pair.Value.Differences > 0
            || RosterKinds.Apart.All(kind => kind.Collection != pair.Key))
        .ToDictionary();

    /// <summary>Compares what was sent with what is stored, kind by kind.</summary>
    /// <param name="run">The run.</param>
    /// <param name="rejected">Rows left out of each collection.</param>
    /// <param name="ct">Stops the run.</param>
    public static async Task<Differences> FindAsync(RunScope run, Func<string, int> rejected, CancellationToken ct)
    {
        var found = await TwoLanes.LookAsync(run.Area, RosterKinds.All, kind => kind, (kind, connection) =>
            FindAsync(run, kind, run.IsSent(kind) ? rejected(kind.Collection) : 0, connection, ct));
        return new(
            RosterKinds.All.Zip(found).ToDictionary(pair => pair.First.Collection, pair => pair.Second.Count),
            RosterKinds.All.Zip(found).Where(pair => pair.Second.IsFirst).Select(pair => pair.First).ToHashSet());
    }

    private static async Task<(ImportCounts Count, bool IsFirst)> FindAsync(
        RunScope run, RosterKind kind, int rejected, NpgsqlConnection connection, CancellationToken ct)
    {
        var isFirst = run.IsSent(kind) && await IsFirstAsync(run, kind, connection, ct);
        if (isFirst)
        {
            await connection.RunAsync(RosterSql.About(kind, "sent_first"), ct);
        }
        else if (run.IsSent(kind))
        {
            var (isComplete, scope) = CompletenessOf(run, kind);
            await CompareAsync(run, kind, isComplete, scope, connection, ct);
        }

        return (await CountAsync(connection, isFirst ? kind.Sent : kind.Changes, rejected, ct), isFirst);
    }

    /// <summary>What stands in the tables of a run, where nothing is compared.</summary>
    public static async Task<Differences> InTablesAsync(RunScope run, CancellationToken ct)
    {
        var counts = new Dictionary<string, ImportCounts>();
        foreach (var kind in RosterKinds.All)
        {
            counts.Add(kind.Collection, await CountAsync(run.Area.Main, kind.Changes, rejected: 0, ct));
        }

        return new(counts, new HashSet<RosterKind>());
    }

    private static async Task<bool> IsFirstAsync(
        RunScope run, RosterKind kind, NpgsqlConnection connection, CancellationToken ct)
    {
        await using var stored = connection.Statement(
            $"select not exists (select from {kind.Rows} where tenant_id = $1 and source = $2)",
            run.District.Value, run.Source);
        return (bool)(await stored.ExecuteScalarAsync(ct))!;
    }

    /// <summary>Counts some kinds once more.</summary>
    public async Task<Differences> RecountAsync(RunScope run, IEnumerable<RosterKind> kinds, CancellationToken ct)
    {
        var counts = new Dictionary<string, ImportCounts>(Counts);
        foreach (var kind in kinds.Where(kind => !FirstLoads.Contains(kind)))
        {
            counts[kind.Collection] = await CountAsync(
                run.Area.Main, kind.Changes, counts[kind.Collection].Rejected, ct);
        }

        return this with { Counts = counts };
    }

    /// <summary>Notes what is to be done with one kind.</summary>
    /// <param name="run">The run.</param>
    /// <param name="kind">The kind.</param>
    /// <param name="isComplete">Whether what is missing has ended.</param>
    /// <param name="scope">A condition on the stored rows that are compared.</param>
    /// <param name="connection">The connection that compares.</param>
    /// <param name="ct">Stops the run.</param>
    public static async Task CompareAsync(
        RunScope run, RosterKind kind, bool isComplete, string scope, NpgsqlConnection connection,
        CancellationToken ct)
    {
        await connection.RunAsync(RosterSql.About(kind, "differences", ("scope", scope)), ct,
            run.District.Value, run.Source, isComplete);
        await connection.RunAsync($"analyze {kind.Changes}", ct);
    }

    /// <summary>Whether what is missing has ended, and among which stored rows. A changed user comes with all of the
    /// user's roles, but says nothing about those of others.</summary>
    private static (bool IsComplete, string Scope) CompletenessOf(RunScope run, RosterKind kind) =>
        run.ModeOf(kind) is CollectionMode.Delta && kind == RosterKinds.Roles && run.RolesCameWithUsers
            ? (true, $" and person_id in (select id from {RosterKinds.Users.Staged})")
            : (run.ModeOf(kind) is CollectionMode.Bulk, "");

    private static async Task<ImportCounts> CountAsync(
        NpgsqlConnection connection, string changes, int rejected, CancellationToken ct)
    {
        var found = new Dictionary<string, int>();
        await using var command = connection.Statement(
            $"select change, count(*)::int from {changes} group by change");
        await using var rows = await command.ExecuteReaderAsync(ct);
        while (await rows.ReadAsync(ct)) found.Add(rows.GetString(0), rows.GetInt32(1));

        var ended = ((string[])["ended", "missing", "withdrawn", "endedAgain"]).Sum(change =>
            found.GetValueOrDefault(change));
        return new(
            found.GetValueOrDefault("added"), found.GetValueOrDefault("changed"), ended, rejected,
            found.GetValueOrDefault("returned"));
    }
}
