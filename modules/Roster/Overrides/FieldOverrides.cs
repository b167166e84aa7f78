using K12Hub.EventStore;
using K12Hub.Hosting;
using Npgsql;

namespace K12Hub.Roster;

/// <summary>What somebody says otherwise than the source.</summary>
/// <param name="Person">Of whom.</param>
/// <param name="Field">Of which field.</param>
/// <param name="Value">What is right; null when there is none.</param>
/// <param name="Reason">Why.</param>
/// <param name="Until">When the source is believed again.</param>
internal sealed record FieldOverride(
    Guid Person, OverridableField Field, string? Value, string Reason, DateTimeOffset Until);

/// <summary>Says otherwise than the source, for a time and with a reason. What the source says is kept apart: its runs
/// compare, and its history reads, as if nothing had been said.</summary>
public sealed class FieldOverrides(DocumentStore store, TimeProvider time)
{
    private const int LongestReason = 500;

    private static readonly TimeSpan Longest = TimeSpan.FromDays(2 * 366);

    /// <summary>Puts an override into force, in the place of one of the same field.</summary>
    /// <returns>Why not; null when it is in force, also when it was already.</returns>
    internal async Task<Refusal?> OverrideAsync(
        DistrictId district, FieldOverride wanted, string? actor, CancellationToken ct)
    {
        var now = RunRecord.Kept(time.GetUtcNow());
        await using var connection = await store.OwnerDataSource.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        if ((await Erasure.HoldUpAsync(connection, district, ct)).Contains(wanted.Person)) return Refusal.Erased;

        await OverriddenColumns.HoldAsync(connection, district, ct);
        if (!await OverrideValues.IsThereAsync(connection, district, RosterKinds.Users.Rows, wanted.Person, ct))
        {
            return OverrideRefusals.NoPerson;
        }

        var (value, refusal) = await OverrideValues.OfAsync(connection, district, wanted, ct);
        refusal ??= wanted.Reason.Trim().Length is 0 or > LongestReason ? OverrideRefusals.NoReason
            : wanted.Until <= now || wanted.Until > now + Longest ? OverrideRefusals.Until
            : null;
        if (refusal is not null) return refusal;

        var row = RowOf(wanted, value, now, actor);
        if (await IsSoAsync(connection, district, row, ct)) return null;

        await WriteAsync(connection, district, wanted.Field, row, ct);
        await AppendAsync(connection, district, row.Id, new OverrideEvent.Overridden
        {
            Person = row.PersonId, Record = new(row.Field, row.Value, row.Reason, row.Until),
        }, actor, ct);
        await transaction.CommitAsync(ct);
        store.Signals.Raise(district);
        return null;
    }

    /// <summary>Believes the source again.</summary>
    /// <returns>Why not; null when it has ended, also when it had already.</returns>
    internal async Task<Refusal?> EndAsync(
        DistrictId district, Guid id, string? actor, bool isExpired, CancellationToken ct)
    {
        await using var connection = await store.OwnerDataSource.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await Erasure.HoldUpAsync(connection, district, ct);
        await OverriddenColumns.HoldAsync(connection, district, ct);
        if (await FindAsync(connection, district, id, ct) is not { } found) return OverrideRefusals.NotFound;
        if (found.EndedAt is not null || (isExpired && found.Until > time.GetUtcNow())) return null;

        var field = Enum.Parse<OverridableField>(found.Field, ignoreCase: true);
        await OverriddenColumns.LiftAsync(connection, district, field, id, ct);
        await connection.RunAsync(
            $"update {RosterTables.OverrideRows} set ended_at = $3, ended_by = $4 where tenant_id = $1 and id = $2",
            ct, district.Value, id, time.GetUtcNow().UtcDateTime, (object?)(isExpired ? null : actor) ?? DBNull.Value);
        var ended = new OverrideEvent.Ended { Person = found.Person, IsExpired = isExpired };
        await AppendAsync(connection, district, id, ended, actor, ct);
        await transaction.CommitAsync(ct);
        store.Signals.Raise(district);
        return null;
    }

    /// <summary>Ends what has come to its time.</summary>
    /// <param name="district">The district.</param>
    /// <param name="ct">Stops; what has not ended yet does the next time.</param>
    public async Task EndExpiredAsync(DistrictId district, CancellationToken ct)
    {
        var expired = new List<Guid>();
        await using (var connection = await store.OwnerDataSource.OpenConnectionAsync(ct))
        {
            await using var find = connection.Statement(
                $"""
                select id from {RosterTables.OverrideRows}
                 where tenant_id = $1 and ended_at is null and until <= $2
                """,
                district.Value, time.GetUtcNow().UtcDateTime);
            await using var rows = await find.ExecuteReaderAsync(ct);
            while (await rows.ReadAsync(ct)) expired.Add(rows.GetGuid(0));
        }

        foreach (var id in expired) await EndAsync(district, id, actor: null, isExpired: true, ct);
    }

    /// <summary>Tells the owners of a source what the district says otherwise, as CSV.</summary>
    /// <param name="district">The district.</param>
    /// <param name="source">Key of the source.</param>
    /// <param name="to">Where to.</param>
    /// <param name="notes">Who is in it is written down before it leaves.</param>
    /// <param name="ct">Stops.</param>
    public async Task ReportAsync(
        DistrictId district, string source, TextWriter to, AccessNotes notes, CancellationToken ct)
    {
        await using var connection = await store.OwnerDataSource.OpenConnectionAsync(ct);
        await OverrideReport.WriteAsync(connection, district, source, to, notes, ct);
    }

    private static OverrideRow RowOf(FieldOverride wanted, string? value, DateTimeOffset now, string? actor) => new()
    {
        Id = OverrideRow.IdOf(wanted.Person, OverriddenColumns.NameOf(wanted.Field)),
        PersonId = wanted.Person,
        Field = OverriddenColumns.NameOf(wanted.Field),
        Value = value,
        Reason = wanted.Reason.Trim(),
        Until = RunRecord.Kept(wanted.Until.ToUniversalTime()),
        OverriddenAt = now,
        OverriddenBy = actor,
    };

    private static async Task<bool> IsSoAsync(
        NpgsqlConnection connection, DistrictId district, OverrideRow row, CancellationToken ct)
    {
        await using var find = connection.Statement(
            $"""
            select exists (select from {RosterTables.OverrideRows}
                            where tenant_id = $1 and id = $2 and ended_at is null and value is not distinct from $3
                              and reason = $4 and until = $5)
            """,
            district.Value, row.Id, (object?)row.Value ?? DBNull.Value, row.Reason, row.Until.UtcDateTime);
        return (bool)(await find.ExecuteScalarAsync(ct))!;
    }

    /// <summary>What the source says stays kept while one override takes the place of another.</summary>
    private async Task WriteAsync(
        NpgsqlConnection connection, DistrictId district, OverridableField field, OverrideRow row, CancellationToken ct)
    {
        await OverriddenColumns.LiftAsync(connection, district, field, row.Id, ct);
        await connection.RunAsync(
            $"delete from {RosterTables.OverrideRows} where tenant_id = $1 and id = $2", ct, district.Value, row.Id);
        await using (var batch = new NpgsqlBatch(connection))
        {
            RowInsert.Add(batch, store.Options.Tables.For<OverrideRow>(), district, row);
            await batch.ExecuteNonQueryAsync(ct);
        }

        await OverriddenColumns.ApplyAsync(connection, district, field, row.Id, ct);
    }

    private static async Task<(Guid Person, string Field, DateTimeOffset Until, DateTimeOffset? EndedAt)?> FindAsync(
        NpgsqlConnection connection, DistrictId district, Guid id, CancellationToken ct)
    {
        await using var find = connection.Statement(
            $"""
            select person_id, field, until, ended_at from {RosterTables.OverrideRows}
             where tenant_id = $1 and id = $2 for update
            """,
            district.Value, id);
        await using var row = await find.ExecuteReaderAsync(ct);
        return await row.ReadAsync(ct)
            ? (row.GetGuid(0), row.GetString(1), row.GetFieldValue<DateTimeOffset>(2),
                row.IsDBNull(3) ? null : row.GetFieldValue<DateTimeOffset>(3))
            : null;
    }

    private Task<BulkAppendResult> AppendAsync(
        NpgsqlConnection connection, DistrictId district, Guid stream, OverrideEvent happened, string? actor,
        CancellationToken ct) => store.BulkAppend.AppendAsync(
            connection, district, RosterImport.Of([new(stream, OverrideEvent.StreamKind, happened)]), new(actor), ct);
}
