using Npgsql;

namespace K12Hub.EventStore;

/// <summary>An end of a chain as it was noted outside the database.</summary>
/// <param name="District">The district's number.</param>
/// <param name="Number">The number of the last record there was.</param>
/// <param name="Hash">Its hash, in hexadecimal digits.</param>
public sealed record AuditAnchor(short District, long Number, string Hash);

/// <summary>What a check of a chain found.</summary>
/// <param name="Records">How many records fit, from the first on.</param>
/// <param name="BrokenAt">The number of the first that does not fit, or is missing; null when all do.</param>
/// <param name="Why">A stable word: record.missing, record.added, record.changed, people.missing, end.missing,
/// end.changed, anchor.missing, anchor.changed; null when all fit.</param>
public sealed record AuditVerdict(long Records, long? BrokenAt, string? Why)
{
    /// <summary>Whether nothing was changed, added or taken away.</summary>
    public bool Holds => Why is null;
}

/// <summary>Goes through a chain from the first record to the last and computes everything anew, here and not in the
/// database.</summary>
internal sealed class AuditVerification(
    NpgsqlDataSource source, DistrictId tenant, IReadOnlyCollection<AuditAnchor> anchors)
{
    private const string Question =
        """
        select r.number, r.recorded_at, r.kind, r.action, r.via, r.actor, r.request_id, r.purpose, r.field_groups,
               coalesce(p.students, '{}'), coalesce(p.others, '{}'), r.detail, r.hash, p.id is null
          from es.audit_records r left join es.audit_people p on p.tenant_id = r.tenant_id and p.id = r.people
         where r.tenant_id = $1 order by r.number
        """;

    private const string End = "select number, hash from es.audit_heads where tenant_id = $1";

    private readonly Dictionary<long, string> _noted = anchors
        .Where(anchor => anchor.District == tenant.Required)
        .GroupBy(anchor => anchor.Number)
        .ToDictionary(same => same.Key, same => same.Last().Hash);

    private byte[] _hash = AuditChain.Beginning;
    private long _number;

    public async Task<AuditVerdict> RunAsync(CancellationToken ct)
    {
        await using var batch = source.CreateBatch();
        batch.Timeout = 0;
        batch.BatchCommands.Add(DistrictCommand.Enter(tenant));
        batch.BatchCommands.Add(Ask(End));
        batch.BatchCommands.Add(Ask(Question));
        await using var rows = await batch.ExecuteReaderAsync(ct);
        await rows.NextResultAsync(ct);
        var hasEnd = await rows.ReadAsync(ct);
        var (last, lastHash) = hasEnd ? (rows.GetInt64(0), rows.GetFieldValue<byte[]>(1)) : (0, AuditChain.Beginning);
        await rows.NextResultAsync(ct);
        while (await rows.ReadAsync(ct))
        {
            if (rows.GetInt64(0) > last) break; // Written since the end was read.
            if (WhatIsWrong(rows) is { } broken) return broken;
        }

        if (_number < last) return new(_number, _number + 1, "end.missing");
        if (!_hash.AsSpan().SequenceEqual(lastHash)) return new(_number - 1, _number, "end.changed");
        var beyond = _noted.Keys.Where(number => number > _number).Order().ToList();
        return beyond.Count > 0 ? new(_number, _number + 1, "anchor.missing") : new(_number, null, null);
    }

    private NpgsqlBatchCommand Ask(string sql) => new(sql)
    {
        Parameters = { new NpgsqlParameter<short> { TypedValue = tenant.Required } },
    };

    private AuditVerdict? WhatIsWrong(NpgsqlDataReader row)
    {
        var number = row.GetInt64(0);
        if (number <= _number) return new(number - 1, number, "record.added");
        if (number != _number + 1) return new(_number, _number + 1, "record.missing");

        if (row.GetBoolean(13)) return Broken("people.missing");

        var hash = AuditChain.Hash(_hash, tenant.Required, number, AuditChain.Content(EntryOf(row)));
        if (!hash.AsSpan().SequenceEqual(row.GetFieldValue<byte[]>(12))) return Broken("record.changed");
        if (_noted.TryGetValue(number, out var noted) && noted != Convert.ToHexStringLower(hash))
        {
            return Broken("anchor.changed");
        }

        (_number, _hash) = (number, hash);
        return null;

        AuditVerdict Broken(string why) => new(_number, number, why);
    }

    private static AuditEntry EntryOf(NpgsqlDataReader row) => new(
        row.GetString(2) switch
        {
            "read" => AuditKind.Read,
            "disclosure" => AuditKind.Disclosure,
            _ => AuditKind.Security,
        },
        row.GetString(3), row.GetString(4))
    {
        At = row.GetFieldValue<DateTimeOffset>(1),
        Actor = Text(row, 5),
        RequestId = Text(row, 6),
        Purpose = Text(row, 7),
        FieldGroups = row.GetString(8).Split(' ', StringSplitOptions.RemoveEmptyEntries),
        Students = row.GetFieldValue<Guid[]>(9),
        Others = row.GetFieldValue<Guid[]>(10),
        Detail = Text(row, 11),
    };

    private static string? Text(NpgsqlDataReader row, int column) =>
        row.IsDBNull(column) ? null : row.GetString(column);
}
