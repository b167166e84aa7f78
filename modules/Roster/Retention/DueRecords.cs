using System.Buffers.Text;
using K12Hub.EventStore;
using K12Hub.GraphQL.Data;
using K12Hub.GraphQL.Execution;
using Npgsql;

namespace K12Hub.Roster;

/// <summary>Finds what has come to the end of its schedule.</summary>
internal sealed class DueRecords(DocumentStore store, TimeProvider time)
{
    private const int KeyBytes = 16;

    private const string CountFindings =
        $"""
        select s.keep_for, s.is_proposed, count(f.number),
               exists (select from {RosterTables.HoldRows} where tenant_id = $1 and released_at is null)
          from ({Findings}) s
          left join {RosterTables.RunRows} r on r.tenant_id = $1
           and (r.started_at at time zone 'UTC' + s.keep_for::interval) at time zone 'UTC' <= $2
          left join roster.sync_findings_v1 f on (f.tenant_id, f.run_id) = ($1, r.id)
         group by s.keep_for, s.is_proposed
        """;

    // A hold is on somebody, and findings do not say on whom: while there is one, all of them stay.
    private const string ForgetFindings =
        $"""
        delete from roster.sync_findings_v1 where ctid = any(array(
          select f.ctid from (select keep_for from roster.retention_schedules_v1
                               where tenant_id = $1 and kind = 'runFindings' and keep_for is not null) s
            join {RosterTables.RunRows} r on r.tenant_id = $1
             and (r.started_at at time zone 'UTC' + s.keep_for::interval) at time zone 'UTC' <= $2
            join roster.sync_findings_v1 f on (f.tenant_id, f.run_id) = ($1, r.id)
           where not exists (select from {RosterTables.HoldRows} where tenant_id = $1 and released_at is null)
           limit $3))
           and tenant_id = $1
        """;

    private const string Findings =
        """
        select case when $3 then coalesce(proposed_keep_for, keep_for) else keep_for end as keep_for,
               $3 and proposed_keep_for is not null as is_proposed
          from roster.retention_schedules_v1 where tenant_id = $1 and kind = 'runFindings'
        """;

    private static readonly string Page = $"{People("p.id > $4")} order by id limit $5";
    private static readonly string One = People("p.id = $4");
    private static readonly string Counts =
        $"""
        select count(*) filter (where is_student and kept_by is null),
               count(*) filter (where is_student and kept_by is not null),
               count(*) filter (where is_staff and kept_by is null),
               count(*) filter (where is_staff and kept_by is not null),
               count(*) filter (where is_guardian and kept_by is null),
               count(*) filter (where is_guardian and kept_by is not null)
          from ({People("true")}) due
        """;

    /// <summary>A page of people.</summary>
    public async Task<Page<DuePerson>> PageAsync(
        DistrictId district, bool proposed, PagingArguments paging, CancellationToken ct)
    {
        var size = paging.First ?? paging.DefaultPageSize;
        if (paging is { Last: not null } or { Before: not null } || size is < 0 or > PagingArguments.LargestPage)
        {
            throw new GraphQLException(
                $"A page has the first 0 to {PagingArguments.LargestPage} people after a cursor.", "PAGING_INVALID");
        }

        var after = paging.After is { } cursor ? Read(cursor) : Guid.Empty;
        var found = await FindAsync(district, proposed, after, size + 1, ct);
        return new([.. found.Take(size)], one => Base64Url.EncodeToString(one.PersonId.ToByteArray()))
        {
            HasNextPage = found.Count > size, HasPreviousPage = paging.After is not null,
        };
    }

    /// <summary>People after an id, by what is in force.</summary>
    public Task<List<DuePerson>> FindAsync(DistrictId district, Guid after, int size, CancellationToken ct) =>
        FindAsync(district, proposed: false, after, size, ct);

    /// <summary>Somebody, as the turn's connection sees it; null for who is not due.</summary>
    public static async Task<DuePerson?> FindAsync(
        NpgsqlConnection connection, DistrictId district, Guid person, DateTimeOffset now, CancellationToken ct)
    {
        await using var find = connection.Statement(One, district.Value, now.UtcDateTime, false, person);
        await using var rows = await find.ExecuteReaderAsync(ct);
        return await rows.ReadAsync(ct) ? Read(rows) : null;
    }

    /// <summary>How much there is, kind by kind.</summary>
    public async Task<IReadOnlyList<RetentionPreview>> CountAsync(
        DistrictId district, bool proposed, CancellationToken ct)
    {
        var now = time.GetUtcNow().UtcDateTime;
        await using var batch = DistrictBatch.For(store, district)
            .With(Counts, district.Value, now, proposed).With(CountFindings, district.Value, now, proposed);
        await using var rows = await batch.ReadAsync(ct);
        await rows.ReadAsync(ct);
        var counts = new List<RetentionPreview>
        {
            new(RetentionKind.Students, rows.GetInt64(0), rows.GetInt64(1)),
            new(RetentionKind.Staff, rows.GetInt64(2), rows.GetInt64(3)),
            new(RetentionKind.Guardians, rows.GetInt64(4), rows.GetInt64(5)),
        };
        await rows.NextResultAsync(ct);
        var (due, isHeld) = await rows.ReadAsync(ct) ? (rows.GetInt64(2), rows.GetBoolean(3)) : (0, false);
        counts.Add(new(RetentionKind.RunFindings, isHeld ? 0 : due, isHeld ? due : 0));
        return counts;
    }

    /// <summary>Deletes findings of imports whose time has come.</summary>
    /// <returns>How many; fewer than asked for when there are no more.</returns>
    public async Task<int> ForgetFindingsAsync(DistrictId district, int most, CancellationToken ct)
    {
        await using var connection = await store.OwnerDataSource.OpenConnectionAsync(ct);
        await using var forget = connection.Statement(
            ForgetFindings, district.Value, time.GetUtcNow().UtcDateTime, most);
        return await forget.ExecuteNonQueryAsync(ct);
    }

    private static string People(string which) => SqlFile.Fill("retention_due", ("which", which));

    private async Task<List<DuePerson>> FindAsync(
        DistrictId district, bool proposed, Guid after, int size, CancellationToken ct)
    {
        await using var batch = DistrictBatch.For(store, district).With(
            Page, district.Value, time.GetUtcNow().UtcDateTime, proposed, after, size);
        await using var rows = await batch.ReadAsync(ct);
        var found = new List<DuePerson>();
        while (await rows.ReadAsync(ct)) found.Add(Read(rows));
        return found;
    }

    private static DuePerson Read(NpgsqlDataReader row) => new()
    {
        PersonId = row.GetGuid(0),
        IsStudent = row.GetBoolean(1),
        LeftAt = row.GetFieldValue<DateTimeOffset>(4),
        DueAt = row.GetFieldValue<DateTimeOffset>(5),
        Schedule = row.GetString(6),
        KeptBy = row.IsDBNull(7) ? null : row.GetString(7),
    };

    private static Guid Read(string cursor) =>
        Base64Url.IsValid(cursor, out var length) && length == KeyBytes
            ? new Guid(Base64Url.DecodeFromChars(cursor))
            : throw new GraphQLException("The cursor is none of this list.", "CURSOR_INVALID");
}
