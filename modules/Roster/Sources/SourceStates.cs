using K12Hub.EventStore;
using Npgsql;

namespace K12Hub.Roster;

/// <summary>Finds out how each source stands.</summary>
internal sealed class SourceStates(
    DocumentStore store, RosterSourceNames known, RosterSettings settings, TimeProvider time)
{
    /// <summary>Of each source its last run, its last good one and the one that waits, in one question.</summary>
    private const string Ask =
        """
        select s.name, good.started_at, last.id, held.id
          from (select unnest($2::text[]) as name
                union select distinct source from
                      (select r.source from roster.sync_runs r where r.tenant_id = $1
                        order by r.started_at desc limit 100) heard) s
          left join lateral (select r.id from roster.sync_runs r where r.tenant_id = $1 and r.source = s.name
                              order by r.started_at desc limit 1) last on true
          left join lateral (select r.started_at from roster.sync_runs r where r.tenant_id = $1 and r.source = s.name
                                and r.status in ('applied', 'unchanged')
                              order by r.started_at desc limit 1) good on true
          left join lateral (select r.id from roster.sync_runs r where r.tenant_id = $1 and r.source = s.name
                                and r.status = 'held'
                              order by r.started_at desc limit 1) held on true
         order by s.name collate "C"
        """;

    /// <summary>All of a district, by name.</summary>
    public async Task<IReadOnlyList<RosterSource>> FindAsync(DistrictId district, CancellationToken ct)
    {
        await using var batch = DistrictBatch.For(store, district).With(
            Ask, district.Value, known.Names.ToArray());
        await using var rows = await batch.ReadAsync(ct);
        var states = new List<RosterSource>();
        while (await rows.ReadAsync(ct)) states.Add(State(rows));
        return states;
    }

    private RosterSource State(NpgsqlDataReader row)
    {
        var name = row.GetString(0);
        var asOf = row.IsDBNull(1) ? (DateTimeOffset?)null : row.GetFieldValue<DateTimeOffset>(1);
        var oldest = time.GetUtcNow().AddHours(-settings.Of(name).StaleAfterHours);
        return new()
        {
            Name = name,
            AsOf = asOf,
            IsStale = !(asOf > oldest),
            LastRunId = row.IsDBNull(2) ? null : row.GetGuid(2),
            HeldRunId = row.IsDBNull(3) ? null : row.GetGuid(3),
        };
    }
}
