using K12Hub.Contracts;

namespace K12Hub.Roster;

/// <summary>Finds the staged rows that cannot be: sourcedIds that stand twice, references to nothing.</summary>
internal sealed class StagedChecks(RunScope run, CollectedFindings findings)
{
    private readonly Dictionary<string, int> rejected = RosterKinds.All.ToDictionary(kind => kind.Collection, _ => 0);

    /// <summary>How many staged rows of each collection were left out.</summary>
    public IReadOnlyDictionary<string, int> Rejected => rejected;

    /// <summary>Looks at everything that was sent.</summary>
    public async Task RunAsync(CancellationToken ct)
    {
        foreach (var kind in RosterKinds.All.Where(run.IsSent)) await DropDuplicatesAsync(kind, ct);
        if (run.RolesCameWithUsers && rejected[RosterCollections.Users] > 0)
        {
            await run.Area.Main.RunAsync(RosterSql.About(RosterKinds.Roles, "roles_of_rejected_rows"), ct);
        }

        foreach (var kind in RosterKinds.All.Where(run.IsSent)) await NameDeletedAsync(kind, ct);
        foreach (var rule in ReferenceRule.All.Where(rule => run.IsSent(rule.Kind))) await FollowAsync(rule, ct);
    }

    private async Task DropDuplicatesAsync(RosterKind kind, CancellationToken ct)
    {
        var file = FileOf(kind);
        rejected[kind.Collection] += await FindAsync(RosterSql.About(kind, "duplicates"), [], (line, value) => new(
            FindingEffect.RowRejected,
            "sourcedId.duplicate",
            $"sourcedId '{value}' stands more than once in {file}; the newest row was kept and this one left out.",
            file, line, "sourcedId", value), ct);
    }

    /// <summary>Names the rows that are sent only to say that they are gone, so that every row of a file is either
    /// stored or named.</summary>
    private Task<int> NameDeletedAsync(RosterKind kind, CancellationToken ct)
    {
        var file = FileOf(kind);
        return FindAsync(RosterSql.About(kind, "to_be_deleted"), [], (line, value) => new(
            FindingEffect.Warning,
            "status.toBeDeleted",
            $"'{value}' is marked as to be deleted; it is not in force.",
            file, line, "status", value), ct);
    }

    private async Task FollowAsync(ReferenceRule rule, CancellationToken ct)
    {
        var statement = rule.Need switch
        {
            ReferenceNeed.Required => "reference_required",
            ReferenceNeed.Optional => "reference_optional",
            _ => "reference_list",
        };
        var known = rule.EvenEnded ? RosterSql.About(rule.Target, "known_ever") : Known(rule.Target);
        var sql = RosterSql.About(rule.Kind, statement, ("known", known), ("id", rule.Id), ("value", rule.Value));
        var file = FileOf(rule.Kind);
        var found = await FindAsync(sql, Scope(known), (line, value) => rule.Finding(file, line, value), ct);

        if (rule.Need is ReferenceNeed.Required) rejected[rule.Kind.Collection] += found;
        if (found > 0 && rule is { Id: "school_id", Need: ReferenceNeed.Optional })
        {
            var fallback = RosterSql.About(
                rule.Kind, "enrollment_school", ("known", known), ("hash", SqlFile.Fill("enrollment_hash")));
            await run.Area.Main.RunAsync(fallback, ct, run.District.Value, run.Source);
        }
    }

    /// <summary>What is in force after the run: what was sent, and unless that is everything, what is stored.</summary>
    private string Known(RosterKind target) => RosterSql.About(target, run.ModeOf(target) switch
    {
        CollectionMode.Bulk => "known_bulk",
        CollectionMode.Delta => "known_delta",
        _ => "known_absent",
    });

    private object[] Scope(string sql) => sql.Contains("$1", StringComparison.Ordinal)
        ? [run.District.Value, run.KeysOf]
        : [];

    private async Task<int> FindAsync(
        string sql, object[] values, Func<int, string?, RosterFinding> finding, CancellationToken ct)
    {
        long total = 0, read = 0;
        RosterFinding? last = null;
        await using var command = run.Area.Main.Statement(sql, values);
        await using var rows = await command.ExecuteReaderAsync(ct);
        while (await rows.ReadAsync(ct))
        {
            total = rows.GetInt64(2);
            read++;
            findings.Add(last = finding(rows.GetInt32(0), rows.IsDBNull(1) ? null : Cut(rows.GetString(1))));
        }

        // The rest is only counted: as many are read as are kept.
        for (; last is not null && read < total; read++) findings.Add(last);
        return (int)total;
    }

    private static string Cut(string value) => value.Length <= 100 ? value : value[..100];

    private string FileOf(RosterKind kind) => run.NameOf(kind == RosterKinds.Roles && run.RolesCameWithUsers
        ? RosterCollections.Users
        : kind.Collection);
}
