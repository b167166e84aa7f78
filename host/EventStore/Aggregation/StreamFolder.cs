using System.Security.Cryptography;
using Npgsql;
using NpgsqlTypes;

namespace K12Hub.EventStore;

/// <summary>Folds streams, from their newest usable snapshot where their aggregate has some.</summary>
internal sealed class StreamFolder(DocumentStore store)
{
    // One statement sees one state of the database: a snapshot and exactly what came after it.
    private const string FromSnapshot =
        $"""
        with s as (
          select version, jsonb_build_object('data', data, 'subjects', to_jsonb(subjects)) as data, taken_at
            from es.snapshots
           where tenant_id = $1 and stream_id = $2 and schema = $3 and code = $4
             and version <= coalesce($5, 2147483647))
        select 0::bigint as position, $2 as stream_id, version, $2 as event_id, '' as type, $3 as schema, data,
               null::text as actor, null::uuid as correlation_id, null::uuid as causation_id, taken_at as recorded_at
          from s
        union all
        select {RecordedEventReader.Columns} from es.events
         where tenant_id = $1 and stream_id = $2 and version > coalesce((select version from s), 0)
           and version <= coalesce($5, 2147483647)
         order by version
        """;

    /// <summary>What a stream folds into, now or as of a version or moment.</summary>
    public async Task<FoldedState> FoldAsync(
        DistrictId tenant,
        AggregateType aggregate,
        Guid id,
        int? version,
        DateTimeOffset? timestamp,
        CancellationToken ct)
    {
        if (aggregate.SnapshotsEvery > 0 && timestamp is null)
        {
            var stored = await StoredAsync(tenant, aggregate, id, version, ct);
            if (stored.Count == 0 || stored[0].Position > 0)
            {
                return await FoldAsync(tenant, aggregate, id, stored, null, ct);
            }

            if (await SnapshotAsync(tenant, aggregate, stored[0], ct) is { } snapshot)
            {
                return await FoldAsync(tenant, aggregate, id, stored[1..], snapshot, ct);
            }
        }

        var queries = new StreamQueries(store.DataSource, store.Reader, tenant);
        return await FoldAsync(tenant, aggregate, id, await queries.StoredAsync(id, version, timestamp, ct), null, ct);
    }

    private async Task<FoldedState> FoldAsync(
        DistrictId tenant,
        AggregateType aggregate,
        Guid id,
        List<StoredEvent> stored,
        FoldedState? before,
        CancellationToken ct)
    {
        var wanted = stored.FindAll(one => !store.Reader.IsIgnored(one, aggregate));
        var events = await store.Reader.OpenAsync(wanted, tenant, ct);
        return new(
            aggregate.Fold(id, before?.State, events.Select(e => e.Data)),
            stored.Count > 0 ? stored[^1].Version : before?.Version ?? 0,
            [.. events.SelectMany(e => e.Subjects).Concat(before?.Subjects ?? []).Distinct()],
            before?.Version ?? 0);
    }

    private async Task<List<StoredEvent>> StoredAsync(
        DistrictId tenant, AggregateType aggregate, Guid id, int? version, CancellationToken ct)
    {
        await using var command = store.DataSource.CreateCommand(tenant, FromSnapshot);
        command.Parameters.Add(new NpgsqlParameter<short> { TypedValue = tenant.Required });
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = id });
        command.Parameters.Add(new NpgsqlParameter<short> { TypedValue = aggregate.SnapshotSchema });
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = aggregate.Code });
        command.Parameters.Add(new()
        {
            Value = (object?)version ?? DBNull.Value,
            NpgsqlDbType = NpgsqlDbType.Integer,
        });
        await using var rows = await command.ExecuteReaderAsync(ct);
        return await RecordedEventReader.StoredAsync(rows, ct);
    }

    /// <returns>Null when it cannot be opened any more: somebody it is about was erased just now.</returns>
    private async Task<FoldedState?> SnapshotAsync(
        DistrictId tenant, AggregateType aggregate, StoredEvent stored, CancellationToken ct)
    {
        var snapshot = StoredSnapshot.Read(stored.Json);
        var keys = snapshot.Subjects.Length == 0
            ? new Dictionary<Guid, SubjectKey>()
            : await store.SubjectKeys.ForReadingAsync(tenant, snapshot.Subjects, ct);
        if (keys.Values.Any(key => key.IsErased))
        {
            return null;
        }

        try
        {
            var place = new SealedPlace(tenant.Required, stored.StreamId, aggregate.Kind);
            var state = SnapshotJson.Read(aggregate, snapshot.Open(keys, place), store.Options.Events);
            return new(state, stored.Version, snapshot.Subjects, stored.Version);
        }
        catch (AuthenticationTagMismatchException)
        {
            // Sealed by a node that had a key in memory which was destroyed: the events have everything.
            return null;
        }
    }
}
