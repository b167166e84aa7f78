using System.Buffers.Text;
using System.Text;
using K12Hub.EventStore;
using K12Hub.GraphQL.Data;
using K12Hub.GraphQL.Execution;
using Npgsql;
using NpgsqlTypes;

namespace K12Hub.Roster;

/// <summary>Pages of the records behind a finding, in the order of their ids: after a record comes the next one,
/// whatever was put right meanwhile.</summary>
internal static class QualityPages
{
    private const int KeyBytes = 32;
    private const int LongestBytes = 100;

    private static readonly string Findings = SqlFile.Fill("quality_findings");
    private static readonly string Forwards = Page(">", "asc");
    private static readonly string Backwards = Page("<", "desc");

    /// <summary>Reads one.</summary>
    public static async Task<Page<QualityRecord>> ReadAsync(
        DocumentStore store, DistrictId district, string? rule, Guid? school, PagingArguments paging,
        CancellationToken ct)
    {
        var isBack = paging.Last is not null;
        var cursor = isBack ? paging.Before : paging.After;
        var size = paging.First ?? paging.Last ?? paging.DefaultPageSize;
        if (paging is { First: not null, Last: not null } || size is < 0 or > PagingArguments.LargestPage)
        {
            throw new GraphQLException(
                $"A page has 0 to {PagingArguments.LargestPage} records, the first or the last ones.",
                "PAGING_INVALID");
        }

        var knowsLanguages = await RosterQuality.KnowsLanguagesAsync(store, district, ct);
        var after = cursor is null ? null : Read(cursor);
        await using var batch = RosterQuality.Batch(store, district).With(
            isBack ? Backwards : Forwards, RosterQuality.Ids(school is { } id ? [id] : null),
            RosterQuality.Rule(rule), Id(after?.RecordId), Id(after?.SchoolId), RosterQuality.Rule(after?.Rule),
            size + 1, knowsLanguages);
        var found = await RowsAsync(batch, ct);
        var more = found.Count > size;
        if (more) found.RemoveAt(size);
        if (isBack) found.Reverse();
        return new(found, Cursor)
        {
            HasNextPage = isBack ? cursor is not null : more, HasPreviousPage = isBack ? more : cursor is not null,
        };
    }

    private static async Task<List<QualityRecord>> RowsAsync(NpgsqlBatch batch, CancellationToken ct)
    {
        await using var rows = await batch.ReadAsync(ct);
        var found = new List<QualityRecord>();
        while (await rows.ReadAsync(ct))
        {
            found.Add(new()
            {
                Rule = rows.GetString(0), Kind = rows.GetString(1),
                SchoolId = rows.IsDBNull(2) ? null : rows.GetGuid(2), RecordId = rows.GetGuid(3),
                PersonId = rows.IsDBNull(4) ? null : rows.GetGuid(4), IsStudent = rows.GetBoolean(5),
            });
        }

        return found;
    }

    private static string Page(string beyond, string direction) => SqlFile.Fill(
        "quality_page", ("findings", Findings), ("beyond", beyond), ("direction", direction));

    private static NpgsqlParameter Id(Guid? id) =>
        new() { Value = (object?)id ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Uuid };

    private static string Cursor(QualityRecord record) => Base64Url.EncodeToString(
    [
        .. record.RecordId.ToByteArray(), .. (record.SchoolId ?? Guid.Empty).ToByteArray(),
        .. Encoding.UTF8.GetBytes(record.Rule),
    ]);

    private static QualityRecord Read(string cursor)
    {
        if (!Base64Url.IsValid(cursor, out var length) || length is <= KeyBytes or > LongestBytes)
        {
            throw new GraphQLException("The cursor is none of this list.", "CURSOR_INVALID");
        }

        var place = Base64Url.DecodeFromChars(cursor).AsSpan();
        return new()
        {
            RecordId = new(place[..16]), SchoolId = new(place[16..KeyBytes]),
            Rule = Encoding.UTF8.GetString(place[KeyBytes..]).Replace("\0", "", StringComparison.Ordinal),
        };
    }
}
