using K12Hub.Contracts;
using Npgsql;

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
        var sent = RosterKinds.All.Where(run.IsSent).ToList();
        var twice = await LookAsync(sent, kind => kind, (kind, connection) =>
            DropDuplicatesAsync(kind, connection, ct));
        foreach (var (kind, count) in sent.Zip(twice)) rejected[kind.Collection] += count;
        if (run.RolesCameWithUsers && rejected[RosterCollections.Users] > 0)
        {
            await run.Area.Main.RunAsync(RosterSql.About(RosterKinds.Roles, "roles_of_rejected_rows"), ct);
        }

        await LookAsync(sent, kind => kind, (kind, connection) => NameDeletedAsync(kind, connection, ct));
        var rules = ReferenceRule.All.Where(rule => run.IsSent(rule.Kind)).ToList();
        var unknown = await LookAsync(rules, rule => rule.Kind, (rule, connection) =>
            FollowAsync(rule, connection, ct));
        foreach (var (rule, count) in rules.Zip(unknown))
        {
            if (rule.Need is ReferenceNeed.Required) rejected[rule.Kind.Collection] += count;
        }
    }

    /// <summary>Looks on both connections, and adds what was found in the order of the items.</summary>
    /// <returns>How many findings each has.</returns>
    private async Task<IReadOnlyList<int>> LookAsync<T>(
        IReadOnlyList<T> items, Func<T, RosterKind> kindOf, Func<T, NpgsqlConnection, Task<FoundRows>> look)
    {
        var found = await TwoLanes.LookAsync(run.Area, items, kindOf, look);
        foreach (var rows in found) rows.AddTo(findings);
        return [.. found.Select(rows => rows.Total)];
    }

    private Task<FoundRows> DropDuplicatesAsync(RosterKind kind, NpgsqlConnection connection, CancellationToken ct)
    {
        var file = FileOf(kind);
        var duplicates = connection.Statement(RosterSql.About(kind, "duplicates"));
        return FoundRows.ReadAsync(duplicates, (line, value) => new(
            FindingEffect.RowRejected,
            "sourcedId.duplicate",
            $"sourcedId '{value}' stands more than once in {file}; the newest row was kept and this one left out.",
            file, line, "sourcedId", value), ct);
    }

    /// <summary>Names the rows that are sent only to say that they are gone, so that every row of a file is either
    /// stored or named.</summary>
    private Task<FoundRows> NameDeletedAsync(RosterKind kind, NpgsqlConnection connection, CancellationToken ct)
    {
        var file = FileOf(kind);
        var deleted = connection.Statement(RosterSql.About(kind, "to_be_deleted"));
        return FoundRows.ReadAsync(deleted, (line, value) => new(
            FindingEffect.Warning,
            "status.toBeDeleted",
            $"'{value}' is marked as to be deleted; it is not in force.",
            file, line, "status", value), ct);
    }

    private async Task<FoundRows> FollowAsync(ReferenceRule rule, NpgsqlConnection connection, CancellationToken ct)
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
        var found = await FoundRows.ReadAsync(
            connection.Statement(sql, Scope(known)), (line, value) => rule.Finding(file, line, value), ct);
        if (found.Total > 0 && rule is { Id: "school_id", Need: ReferenceNeed.Optional })
        {
            var fallback = RosterSql.About(
                rule.Kind, "enrollment_school", ("known", known), ("hash", SqlFile.Fill("enrollment_hash")));
            await connection.RunAsync(fallback, ct, run.District.Value, run.Source);
        }

        return found;
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

    private string FileOf(RosterKind kind) => run.NameOf(kind == RosterKinds.Roles && run.RolesCameWithUsers
        ? RosterCollections.Users
        : kind.Collection);
}
