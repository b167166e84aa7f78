using System.Security.Cryptography;
using System.Text;
using K12Hub.EventStore;
using K12Hub.Hosting;
using Npgsql;

namespace K12Hub.Roster;

/// <summary>What somebody decides about two records that may be one person. Everything can be undone: records stay as
/// they are, only which belong together changes.</summary>
internal sealed class MatchDecisions(DocumentStore store, TimeProvider time)
{
    public static readonly Refusal NotFound = Refusal.NotFound("match");

    public static readonly Refusal IsLinked = new(
        "match.linked", "These records are taken for one person. Undo that first.");

    public static readonly Refusal NotLinked = new(
        "match.not_linked", "These records are not taken for one person. There is nothing to undo.");

    /// <summary>The row of two records, as the statements compute it.</summary>
    public static Guid IdOf(Guid first, Guid second)
    {
#pragma warning disable CA5351 // A name, not a secret: PostgreSQL computes the same for many rows at once.
        return new(MD5.HashData(Encoding.ASCII.GetBytes($"{first}{second}")), bigEndian: true);
#pragma warning restore CA5351
    }

    /// <summary>Two records in the order in which PostgreSQL has them too.</summary>
    public static (Guid First, Guid Second) Ordered(Guid one, Guid other) =>
        one.CompareTo(other) < 0 ? (one, other) : (other, one);

    /// <summary>They are one person.</summary>
    public Task<Refusal?> ConfirmAsync(DistrictId district, Guid id, string? actor, CancellationToken ct) =>
        DecideAsync(
            district, id, actor, "linked", (first, second) => new MatchEvent.Linked(first, second, "person"), ct);

    /// <summary>They are not.</summary>
    public Task<Refusal?> RejectAsync(DistrictId district, Guid id, string? actor, CancellationToken ct) =>
        DecideAsync(district, id, actor, "rejected", (first, second) => new MatchEvent.Rejected(first, second), ct);

    /// <summary>They were taken for one person, and are not.</summary>
    public Task<Refusal?> UndoAsync(DistrictId district, Guid id, string? actor, CancellationToken ct) =>
        DecideAsync(district, id, actor, "undone", (first, second) => new MatchEvent.Undone(first, second), ct);

    private async Task<Refusal?> DecideAsync(
        DistrictId district, Guid id, string? actor, string state, Func<Guid, Guid, MatchEvent> happened,
        CancellationToken ct)
    {
        await using var connection = await store.OwnerDataSource.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await PeopleMatching.HoldAsync(connection, district, ct);
        if (await FindAsync(connection, district, id, ct) is not { } found) return NotFound;
        if (found.State == state) return null;
        if (state == "rejected" && found.State == "linked") return IsLinked;
        if (state == "undone" && found.State != "linked") return NotLinked;

        await connection.RunAsync(
            $"""
            update {RosterTables.MatchRows} set (state, decided_at, decided_by) = ($3, $4, $5)
             where tenant_id = $1 and id = $2
            """,
            ct, district.Value, id, state, time.GetUtcNow().UtcDateTime, (object?)actor ?? DBNull.Value);
        if (state is "linked" or "undone") await RegroupAsync(connection, district, found.First, found.Second, ct);
        var stream = new BulkEvent(id, MatchEvent.StreamKind, happened(found.First, found.Second));
        await store.BulkAppend.AppendAsync(connection, district, RosterImport.Of([stream]), new(actor), ct);
        await transaction.CommitAsync(ct);
        store.Signals.Raise(district);
        return null;
    }

    /// <summary>Works out anew which of the records around two belong together.</summary>
    private static async Task RegroupAsync(
        NpgsqlConnection connection, DistrictId district, Guid first, Guid second, CancellationToken ct)
    {
        var (groups, records) = (new RecordGroups(), new HashSet<Guid> { first, second });
        await using (var find = connection.Statement(MatchSql.Of("match_around"), district.Value, first, second))
        {
            await using var links = await find.ExecuteReaderAsync(ct);
            while (await links.ReadAsync(ct))
            {
                groups.Join(links.GetGuid(0), links.GetGuid(1));
                records.UnionWith([links.GetGuid(0), links.GetGuid(1)]);
            }
        }

        await connection.RunAsync(
            $"delete from {RosterTables.LinkRows} where tenant_id = $1 and record_id = any($2)",
            ct, district.Value, records.ToArray());
        await PeopleMatching.InsertAsync(connection, district, groups, ct);
    }

    private static async Task<(Guid First, Guid Second, string State)?> FindAsync(
        NpgsqlConnection connection, DistrictId district, Guid id, CancellationToken ct)
    {
        await using var find = connection.Statement(
            $"select first_id, second_id, state from {RosterTables.MatchRows} where tenant_id = $1 and id = $2",
            district.Value, id);
        await using var row = await find.ExecuteReaderAsync(ct);
        return await row.ReadAsync(ct) ? (row.GetGuid(0), row.GetGuid(1), row.GetString(2)) : null;
    }
}
