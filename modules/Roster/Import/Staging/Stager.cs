using K12Hub.Contracts;

namespace K12Hub.Roster;

/// <summary>Puts a whole package into the staging tables, record by record, in memory that does not grow.</summary>
internal sealed class Stager(StagingArea area, RosterIds ids, IRosterSource source, IProgress<ImportProgress>? progress)
{
    private const int ReportEvery = 10_000;

    /// <summary>Whether people came with their roles, so that roles have no file of their own.</summary>
    public bool RolesCameWithUsers { get; private set; }

    /// <summary>How each collection came; roles that came with their people came as these did.</summary>
    public IReadOnlyDictionary<string, CollectionMode> Modes => !RolesCameWithUsers
        ? source.Modes
        : new Dictionary<string, CollectionMode>(source.Modes)
        {
            [RosterCollections.Roles] = source.Modes[RosterCollections.Users],
        };

    /// <summary>Stages every collection that is sent; false when the source turned out to be unusable.</summary>
    public async Task<bool> StageAsync(CancellationToken ct) =>
        await StageAsync(RosterKinds.Orgs, source.Orgs(ct), ct)
        && await StageAsync(RosterKinds.AcademicSessions, source.AcademicSessions(ct), ct)
        && await StageAsync(RosterKinds.Courses, source.Courses(ct), ct)
        && await StageUsersAsync(ct)
        && await StageAsync(RosterKinds.Roles, source.Roles(ct), ct)
        && await StageAsync(RosterKinds.Classes, source.Classes(ct), ct)
        && await StageAsync(RosterKinds.Enrollments, source.Enrollments(ct), ct)
        && await StageAsync(RosterKinds.Demographics, source.Demographics(ct), ct)
        && await StageAsync(RosterKinds.Supplements, source.Supplements(ct), ct)
        && await StageAsync(RosterKinds.Guardianships, source.Guardianships(ct), ct);

    private async Task<bool> StageAsync<TRecord, TFacts>(
        RosterKind<TRecord, TFacts> kind, IAsyncEnumerable<TRecord> records, CancellationToken ct)
        where TRecord : RosterRecord
        where TFacts : class, IRosterFacts<TRecord, TFacts>
    {
        if (source.Modes.GetValueOrDefault(kind.Collection) is CollectionMode.Absent) return true;

        await using (var copy = await kind.OpenCopyAsync(area.Main, ct))
        {
            await foreach (var record in ReadAhead.Of<TRecord>(records, ct))
            {
                kind.Stage(record, ids, copy);
                await SendAsync(kind, copy, ct);
            }

            await copy.CompleteAsync(ct);
            Report(kind, copy.Rows);
        }

        return source.Rejection is null && await AnalyzeAsync(kind, ct);
    }

    /// <summary>People, and on the other connection the roles that come with them.</summary>
    private async Task<bool> StageUsersAsync(CancellationToken ct)
    {
        var (users, roles) = (RosterKinds.Users, RosterKinds.Roles);
        if (source.Modes.GetValueOrDefault(users.Collection) is CollectionMode.Absent) return true;

        await using (var copy = await users.OpenCopyAsync(area.Main, ct))
        await using (var roleCopy = await roles.OpenCopyAsync(area.Second, ct))
        {
            await foreach (var user in ReadAhead.Of(source.Users(ct), ct))
            {
                users.Stage(user, ids, copy);
                foreach (var role in user.Roles)
                {
                    roles.Stage(role.Status == user.Status ? role : role with { Status = user.Status }, ids, roleCopy);
                }

                await SendAsync(users, copy, ct);
                await roleCopy.FlushWhenFullAsync(ct);
            }

            await copy.CompleteAsync(ct);
            await roleCopy.CompleteAsync(ct);
            RolesCameWithUsers = source.Modes[roles.Collection] is CollectionMode.Absent
                && (roleCopy.Rows > 0 || copy.Rows == 0);
            Report(users, copy.Rows);
        }

        return source.Rejection is null && await AnalyzeAsync(users, ct) && await AnalyzeAsync(roles, ct);
    }

    private ValueTask SendAsync(RosterKind kind, CopyRow copy, CancellationToken ct)
    {
        if (copy.Rows % ReportEvery == 0) Report(kind, copy.Rows);
        return copy.FlushWhenFullAsync(ct);
    }

    private void Report(RosterKind kind, long rows) =>
        progress?.Report(new(ImportStep.Reading, kind.Collection, rows, source.Progress.Read, source.Progress.Total));

    /// <summary>Tells the planner how many rows there are: with no idea it would join them one by one. The ids will do,
    /// nothing else is joined.</summary>
    private async Task<bool> AnalyzeAsync(RosterKind kind, CancellationToken ct)
    {
        await area.Main.RunAsync($"analyze {kind.Staged} (id)", ct);
        return true;
    }
}
