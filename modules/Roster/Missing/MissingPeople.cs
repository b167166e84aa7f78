using K12Hub.Contracts;

namespace K12Hub.Roster;

/// <summary>Whom a complete roster no longer holds has not left for that: a school may be missing from one night's
/// export. They stay in force, with all that is known of them, until a complete roster a week later lacks them still,
/// or a person applies a run that shows them as ended.</summary>
/// <param name="Run">The run.</param>
/// <param name="Now">When the run began.</param>
/// <param name="GraceDays">How long; 0 ends them at once.</param>
internal sealed record MissingPeople(RunScope Run, DateTimeOffset Now, int GraceDays)
{
    /// <summary>A nightly run may begin a little earlier than that of a week ago.</summary>
    private static readonly TimeSpan Early = TimeSpan.FromHours(1);

    /// <summary>What is kept of a person, unless something else has ended that it cannot do without.</summary>
    private static readonly (RosterKind Kind, string Unless)[] Parts =
    [
        (RosterKinds.Roles, HasEnded(RosterKinds.Orgs, "organization_id")),
        (RosterKinds.Enrollments, HasEnded(RosterKinds.Classes, "class_id")),
        (RosterKinds.Demographics, "false"),
    ];

    private static readonly RosterKind[] Kinds = [RosterKinds.Users, .. Parts.Select(part => part.Kind)];

    /// <summary>Whether anybody is missing: by this run, or, where it says something of people, since an earlier
    /// one.</summary>
    public bool Any { get; private set; }

    private bool IsComplete => Run.ModeOf(RosterKinds.Users) is CollectionMode.Bulk;

    /// <summary>Marks what would end of people who are missing.</summary>
    /// <returns>What is to be done; who is missing for the first time counts as ended until that is settled.</returns>
    public async Task<Differences> MarkAsync(Differences found, CancellationToken ct)
    {
        if (!Run.IsSent(RosterKinds.Users)) return found;

        Any = await AnyStoredAsync(ct);
        if (!IsComplete || GraceDays == 0 || found.Counts[RosterCollections.Users].Ended == 0) return found;

        Any = true;
        await RunAsync(RosterKinds.Users, "missing_people", ct, Run.District.Value, Now.AddDays(-GraceDays) + Early);

        // The planner would not know how many are marked, and join the rest one by one.
        await Run.Area.Main.RunAsync($"analyze {RosterKinds.Users.Changes}", ct);
        foreach (var (kind, unless) in Parts)
        {
            await Run.Area.Main.RunAsync(
                RosterSql.About(kind, "missing_parts", ("unless", unless)), ct, Run.District.Value);
        }

        return await found.RecountAsync(Run, Kinds, ct);
    }

    /// <summary>Decides about what is marked: it ends, because a person will have said so, or it stays as it is, and
    /// who is missing is noted.</summary>
    public async Task<Differences> SettleAsync(Differences found, bool ends, CancellationToken ct)
    {
        if (!Any) return found;

        var missing = RosterKinds.MissingUsers;
        foreach (var kind in ends ? Kinds : []) await RunAsync(kind, "missing_ended", ct);
        await StageAsync(missing, ct);
        foreach (var kind in Kinds) await RunAsync(kind, "missing_kept", ct);
        await Differences.CompareAsync(Run, missing, IsComplete, "", Run.Area.Main, ct);
        return await found.RecountAsync(Run, [.. Kinds, missing], ct);
    }

    private async Task<bool> AnyStoredAsync(CancellationToken ct)
    {
        await using var ask = Run.Area.Main.Statement(
            RosterSql.About(RosterKinds.MissingUsers, "missing_stored"), Run.District.Value, Run.Source);
        return (bool)(await ask.ExecuteScalarAsync(ct))!;
    }

    /// <summary>Stages who is missing, and who is no longer.</summary>
    private async Task StageAsync(
        RosterKind<MissingUserRecord, MissingUserFacts> missing, CancellationToken ct)
    {
        var ids = new RosterIds(Run.Source);
        await using var find = Run.Area.Second.Statement(
            RosterSql.About(missing, "missing_staged"), Run.District.Value, Run.Source, IsComplete);
        await using var people = await find.ExecuteReaderAsync(ct);
        await using var copy = await missing.OpenCopyAsync(Run.Area.Main, ct);
        while (await people.ReadAsync(ct))
        {
            var person = people.GetGuid(0);
            missing.Stage(new()
            {
                SourcedId = person.ToString(), Line = 0, PersonId = person, Since = RunRecord.Kept(Now),
                Status = people.GetBoolean(1) ? RecordStatus.ToBeDeleted : RecordStatus.Active,
            }, ids, copy);
            await copy.FlushWhenFullAsync(ct);
        }

        await copy.CompleteAsync(ct);
    }

    private static string HasEnded(RosterKind kind, string column) =>
        $"exists (select from {kind.Changes} x where x.id = r.{column} and x.change = 'ended')";

    private Task<int> RunAsync(RosterKind kind, string statement, CancellationToken ct, params object[] values) =>
        Run.Area.Main.RunAsync(RosterSql.About(kind, statement), ct, values);
}
