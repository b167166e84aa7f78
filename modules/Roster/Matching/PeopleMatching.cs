using K12Hub.EventStore;
using Npgsql;
using NpgsqlTypes;

namespace K12Hub.Roster;

/// <summary>What a run of matching did.</summary>
/// <param name="Linked">Pairs of records that identifiers say are one person.</param>
/// <param name="Suggested">Pairs that wait for a person.</param>
public sealed record MatchCounts(int Linked, int Suggested);

/// <summary>Finds records of one person in several sources: by identifiers first, then what may be one is suggested to
/// a person. Set by set, and never everybody with everybody.</summary>
public sealed class PeopleMatching(DocumentStore store, TimeProvider time, RosterSettings settings)
{
    private const int LockNumber = 20127;

    /// <summary>Looks at everybody of a district.</summary>
    /// <param name="district">The district.</param>
    /// <param name="actor">Who asks, as an id; null for the schedule.</param>
    /// <param name="ct">Stops; nothing is changed.</param>
    public async Task<MatchCounts> RunAsync(DistrictId district, string? actor, CancellationToken ct)
    {
        await using var connection = await store.OwnerDataSource.OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        await HoldAsync(connection, district, ct);
        await connection.RunAsync(MatchSql.Of("match_people"), ct, district.Value);
        await connection.RunAsync("create index on match_people (id); analyze match_people", ct);
        await connection.RunAsync(MatchSql.Of("match_keys"), ct, settings.HouseholdIdType);
        await connection.RunAsync("analyze match_keys", ct);

        var (groups, known) = await KnownAsync(connection, district, ct);
        var linked = await LinkAsync(connection, district, groups, known, ct);
        if (linked.Count > 0) await WriteGroupsAsync(connection, district, groups, ct);
        await connection.RunAsync(
            MatchSql.Of("match_suggest"), ct, district.Value, time.GetUtcNow().UtcDateTime, MatchWeights.Least,
            (long)MatchWeights.LargestBlock);
        var suggested = await CountAsync(connection, district, ct);
        await store.BulkAppend.AppendAsync(connection, district, RosterImport.Of(linked), new(actor), ct);
        await transaction.CommitAsync(ct);
        store.Signals.Raise(district);
        return new(linked.Count, suggested);
    }

    /// <summary>Has everybody else wait who matches in a district, until the transaction ends.</summary>
    internal static Task<int> HoldAsync(NpgsqlConnection connection, DistrictId district, CancellationToken ct) =>
        connection.RunAsync("select pg_advisory_xact_lock($1, $2)", ct, LockNumber, (int)district.Value);

    /// <summary>What is linked, and which pairs were decided about.</summary>
    private static async Task<(RecordGroups Groups, HashSet<(Guid, Guid)> Decided)> KnownAsync(
        NpgsqlConnection connection, DistrictId district, CancellationToken ct)
    {
        var (groups, decided) = (new RecordGroups(), new HashSet<(Guid, Guid)>());
        await using var find = connection.Statement(
            $"""
            select m.first_id, m.second_id, m.state, a.source, b.source
              from {RosterTables.MatchRows} m
              left join match_people a on a.id = m.first_id
              left join match_people b on b.id = m.second_id
             where m.tenant_id = $1 and m.state <> 'suggested'
            """,
            district.Value);
        await using var rows = await find.ExecuteReaderAsync(ct);
        while (await rows.ReadAsync(ct))
        {
            var (first, second) = (rows.GetGuid(0), rows.GetGuid(1));
            decided.Add((first, second));
            if (rows.GetString(2) != "linked") continue;

            groups.Join(first, second);
            if (!rows.IsDBNull(3)) groups.Note(first, rows.GetString(3));
            if (!rows.IsDBNull(4)) groups.Note(second, rows.GetString(4));
        }

        return (groups, decided);
    }

    private async Task<List<BulkEvent>> LinkAsync(
        NpgsqlConnection connection, DistrictId district, RecordGroups groups, HashSet<(Guid, Guid)> decided,
        CancellationToken ct)
    {
        var (firsts, seconds, rules) = (new List<Guid>(), new List<Guid>(), new List<string>());
        await using (var find = connection.Statement(MatchSql.Of("match_certain")))
        {
            await using var pairs = await find.ExecuteReaderAsync(ct);
            while (await pairs.ReadAsync(ct))
            {
                var (a, b) = (pairs.GetGuid(0), pairs.GetGuid(1));
                var (first, second) = MatchDecisions.Ordered(a, b);
                if (decided.Contains((first, second))) continue;
                if (!groups.TryJoin((a, pairs.GetString(3)), (b, pairs.GetString(4)))) continue;
                firsts.Add(first);
                seconds.Add(second);
                rules.Add(pairs.GetString(2));
            }
        }

        await connection.RunAsync(
            $"""
            insert into {RosterTables.MatchRows}
              (tenant_id, id, first_id, second_id, score, rule, reasons, state, found_at)
            select $1, md5(f::text || s::text)::uuid, f, s, 0, r, '{"{}"}', 'linked', $5
              from unnest($2::uuid[], $3::uuid[], $4::text[]) as pair(f, s, r)
            on conflict (tenant_id, id) do update set (rule, state) = (excluded.rule, 'linked')
            """,
            ct, district.Value, firsts.ToArray(), seconds.ToArray(), rules.ToArray(), time.GetUtcNow().UtcDateTime);
        return
        [
            .. firsts.Select((first, i) => new BulkEvent(
                MatchDecisions.IdOf(first, seconds[i]), MatchEvent.StreamKind,
                new MatchEvent.Linked(first, seconds[i], rules[i]))),
        ];
    }

    private static async Task WriteGroupsAsync(
        NpgsqlConnection connection, DistrictId district, RecordGroups groups, CancellationToken ct)
    {
        await connection.RunAsync($"delete from {RosterTables.LinkRows} where tenant_id = $1", ct, district.Value);
        await InsertAsync(connection, district, groups, ct);
    }

    /// <summary>Writes which record belongs to whom.</summary>
    internal static async Task InsertAsync(
        NpgsqlConnection connection, DistrictId district, RecordGroups groups, CancellationToken ct)
    {
        var all = groups.All.ToList();
        await using var insert = connection.Statement(
            $"insert into {RosterTables.LinkRows} (tenant_id, record_id, person_id) select $1, * from unnest($2, $3)",
            district.Value);
        foreach (var ids in (Guid[][])[[.. all.Select(x => x.Record)], [.. all.Select(x => x.Person)]])
        {
            insert.Parameters.Add(new() { Value = ids, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Uuid });
        }

        await insert.ExecuteNonQueryAsync(ct);
    }

    private static async Task<int> CountAsync(NpgsqlConnection connection, DistrictId district, CancellationToken ct)
    {
        await using var count = connection.Statement(
            $"select count(*)::int from {RosterTables.MatchRows} where tenant_id = $1 and state = 'suggested'",
            district.Value);
        return (int)(await count.ExecuteScalarAsync(ct))!;
    }
}
