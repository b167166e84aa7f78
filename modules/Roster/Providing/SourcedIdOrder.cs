using K12Hub.EventStore;

namespace K12Hub.Roster;

/// <summary>The indexes behind lists that are handed on in the order of their keys. Nobody else needs them, and they
/// cost every import something, so only an installation that hands on has them.</summary>
public sealed class SourcedIdOrder(DocumentStore store)
{
    // A number of this program's advisory locks; nodes that start together make one index.
    private const string Turn = "select pg_advisory_xact_lock(20128, 1)";

    private static readonly RosterKind[] Large =
        [RosterKinds.Users, RosterKinds.Enrollments, RosterKinds.Demographics];

    /// <summary>Makes them where they are missing; imports wait meanwhile.</summary>
    public async Task MakeAsync(CancellationToken ct)
    {
        await using var connection = await store.OwnerDataSource.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await connection.RunAsync(Turn, ct);
        foreach (var kind in Large)
        {
            var name = kind.Rows[(kind.Rows.IndexOf('.', StringComparison.Ordinal) + 1)..] + "_in_order_of_keys";
            await connection.RunAsync(
                $"create index if not exists {name} on {kind.Rows} (tenant_id, source, sourced_id collate \"C\")", ct);
        }

        await transaction.CommitAsync(ct);
    }
}
