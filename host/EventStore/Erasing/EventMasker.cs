using System.Text;
using Npgsql;
using NpgsqlTypes;

namespace K12Hub.EventStore;

/// <summary>Masks events stream by stream, each in one transaction.</summary>
internal sealed class EventMasker(
    DocumentStore store, DistrictId tenant, EventDataMasking masking, string reason, string? actor)
{
    private const int PageSize = 1_000;
    private const int MostReruns = 5;

    private const string Mask = "select es.mask_events($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)";

    public async Task<int> RunAsync(CancellationToken ct)
    {
        var count = 0;
        foreach (var id in masking.Streams.Count > 0 ? masking.Streams.Distinct() : await FindStreamsAsync(ct))
        {
            count += await MaskAsync(id, ct);
        }

        if (count > 0)
        {
            store.Signals.Raise(tenant);
        }

        return count;
    }

    /// <summary>The streams of which something is to be masked, from the whole settled log.</summary>
    private async Task<IReadOnlyCollection<Guid>> FindStreamsAsync(CancellationToken ct)
    {
        var types = masking.Types.Select(type => store.Options.Events.Find(type).Name).ToList();
        var found = new HashSet<Guid>();
        var (position, last) = (0L, await store.Feed.SettledAsync(tenant, ct));
        while (position < last)
        {
            var page = await store.Feed.ReadSettledAsync(tenant, position, PageSize, types, ct);
            found.UnionWith(page.Events.Where(e => masking.Masked(e) is not null).Select(e => e.StreamId));
            position = page.SettledTo;
        }

        return found;
    }

    private async Task<int> MaskAsync(Guid id, CancellationToken ct)
    {
        for (var rerun = 0; ; rerun++)
        {
            try
            {
                return await TryAsync(id, ct);
            }
            catch (Exception raced) when (rerun < MostReruns && IsRace(raced))
            {
                // Somebody appended, or was erased, in between: what is there now is masked.
                store.SubjectKeys.ForgetAll(tenant);
            }
        }
    }

    private static bool IsRace(Exception failure) => failure is ConcurrencyException
        || (failure is PostgresException refused
            && (refused.SqlState == StoreErrors.OtherKey || StoreErrors.Translate(refused) is ConcurrencyException));

    private async Task<int> TryAsync(Guid id, CancellationToken ct)
    {
        var queries = new StreamQueries(store.DataSource, store.Reader, tenant);
        var events = await queries.EventsAsync(id, null, null, ct);
        var masked = events.Select(one => (Event: one, Data: masking.Masked(one))).ToList();
        var changed = masked.FindAll(one => one.Data is not null);
        if (changed.Count == 0)
        {
            return 0;
        }

        var state = await queries.StateAsync(id, ct);
        var stream = Stream(id, state!.Kind, events, masked.Select(one => one.Data ?? one.Event.Data), changed);
        var keys = await UnitKeys.FindAsync(store, tenant, [stream], [], ct);
        var rows = store.Projections.Writes(tenant.Required, [stream]).ToList();
        await using var batch = new UnitOfWork(store, tenant, new(actor)).Begin(rows.Count > 0);
        if (keys.Statement(tenant.Required) is { } hold)
        {
            batch.BatchCommands.Add(hold);
        }

        foreach (var write in rows)
        {
            batch.BatchCommands.Add(write);
        }

        // Also of those that were erased: what is empty stays so.
        var subjects = changed.SelectMany(one => TypeOf(one.Data!).Personal.SubjectsOf(one.Data!)).ToHashSet();
        var known = await store.SubjectKeys.ForReadingAsync(tenant, subjects, ct);
        batch.BatchCommands.Add(Statement(stream, [.. changed.Select(one => (one.Event, one.Data!))], known));
        await batch.ExecuteNonQueryAsync(ct);
        return changed.Count;
    }

    /// <summary>The stream as it will be: folded from the masked events, with the event that says so queued.</summary>
    private PendingStream Stream(
        Guid id,
        string kind,
        IReadOnlyList<RecordedEvent> events,
        IEnumerable<object> masked,
        List<(RecordedEvent Event, object? Data)> changed)
    {
        var aggregate = store.Options.Aggregates.OfKind(kind)
            ?? new AggregateType(typeof(EventsMasked), kind, (_, state, _) => state, null);
        var types = changed.Select(one => one.Event.Type).Distinct().Order(StringComparer.Ordinal).ToList();
        var stream = new PendingStream(id, aggregate, ExpectedVersion.Any)
        {
            Happened = { new EventsMasked(changed.Count, types, reason) },
        };
        var subjects = events.SelectMany(e => e.Subjects).Distinct().ToList();
        stream.Load(new(aggregate.Fold(id, null, masked), events[^1].Version, subjects, 0));
        return stream;
    }

    private NpgsqlBatchCommand Statement(
        PendingStream stream,
        List<(RecordedEvent Event, object Data)> changed,
        IReadOnlyDictionary<Guid, SubjectKey> keys)
    {
        var said = store.Options.Events.Find(stream.Happened[0]);
        return new(Mask)
        {
            Parameters =
            {
                new NpgsqlParameter<short> { TypedValue = tenant.Required },
                new NpgsqlParameter<Guid> { TypedValue = stream.Id },
                new NpgsqlParameter<int> { TypedValue = stream.ExpectedVersion },
                new NpgsqlParameter<long[]> { TypedValue = [.. changed.Select(one => one.Event.Position)] },
                new NpgsqlParameter<short[]>
                {
                    TypedValue = [.. changed.Select(one => (short)TypeOf(one.Data).Schema)],
                },
                new()
                {
                    Value = changed.Select(one => Json(stream.Id, one.Data, keys)).ToArray(),
                    NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Jsonb,
                },
                new NpgsqlParameter<Guid> { TypedValue = Guid.CreateVersion7(store.Options.Time.GetUtcNow()) },
                new NpgsqlParameter<string> { TypedValue = said.Name },
                new NpgsqlParameter<short> { TypedValue = (short)said.Schema },
                new() { Value = said.Write(stream.Happened[0]), NpgsqlDbType = NpgsqlDbType.Jsonb },
                new() { Value = (object?)actor ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text },
                new NpgsqlParameter<string> { TypedValue = reason },
            },
        };
    }

    /// <summary>In the newest shape, sealed again; data of somebody who was erased stays empty.</summary>
    private string Json(Guid stream, object data, IReadOnlyDictionary<Guid, SubjectKey> keys)
    {
        var type = TypeOf(data);
        return Encoding.UTF8.GetString(
            type.WriteSealed(data, new(tenant.Required, stream, type.Name), keys));
    }

    private EventType TypeOf(object data) => store.Options.Events.Find(data);
}
