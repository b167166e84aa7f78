using K12Hub.Contracts;
using NpgsqlTypes;

namespace K12Hub.Roster;

/// <summary>Keeps what is known of rows that could not be read. A row the connector left out is not in the staging
/// tables and would look as if it had ended.</summary>
internal sealed class UnreadRows(RunScope run, CollectedFindings findings)
{
    /// <summary>Stages the stored rows in the place of those that could not be read.</summary>
    public async Task KeepAsync(CancellationToken ct)
    {
        var ids = new RosterIds(run.KeysOf);
        foreach (var kind in RosterKinds.All.Where(kind => run.ModeOf(kind) is CollectionMode.Bulk))
        {
            var file = run.NameOf(kind.Collection);
            var rejected = findings.RejectedOf(file);
            if (rejected == RejectedRows.None) continue;

            await KeepAsync(kind, rejected.AreAllKnown ? IdsOf(kind, rejected, ids) : null, ct);
            if (!rejected.AreAllKnown) findings.Add(Unknown(file));
        }

        if (run.RolesCameWithUsers && findings.RejectedOf(run.NameOf(RosterCollections.Users)) != RejectedRows.None)
        {
            var sql = RosterSql.About(RosterKinds.Roles, "unread_roles");
            await run.Area.Main.RunAsync(sql, ct, run.District.Value, run.Source);
        }
    }

    private async Task KeepAsync(RosterKind kind, Guid[]? ids, CancellationToken ct)
    {
        await using var command = run.Area.Main.Statement(
            RosterSql.About(kind, "unread"), run.District.Value, run.Source);
        command.Parameters.Add(new()
        {
            NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Uuid,
            Value = ids is null ? DBNull.Value : ids,
        });
        await command.ExecuteNonQueryAsync(ct);
    }

    private static Guid[] IdsOf(RosterKind kind, RejectedRows rejected, RosterIds ids) =>
        [.. rejected.SourcedIds.Select(sourcedId => ids.Of(kind.Collection, sourcedId))];

    private static RosterFinding Unknown(string file) => new(FindingEffect.Warning, "row.unknown",
        $"Rows of {file} could not be read, not even their sourcedId, so nothing that is missing from it was ended. "
        + "Correct the file and send it again.", file);
}
