using System.Runtime.CompilerServices;
using Npgsql;

namespace K12Hub.EventStore;

/// <summary>Turns rows of the log into events: reads them, gives the connection back, then fetches the keys that are
/// needed and opens what is sealed.</summary>
internal sealed class RecordedEventReader(EventMap events, SubjectKeys keys)
{
    public const string Columns =
        "position, stream_id, version, event_id, type, schema, data, actor, correlation_id, causation_id, recorded_at";

    private const int AtOnce = 500;

    private static readonly IReadOnlyDictionary<Guid, SubjectKey> NoKeys = new Dictionary<Guid, SubjectKey>();

    public static async Task<List<StoredEvent>> StoredAsync(NpgsqlDataReader rows, CancellationToken ct)
    {
        var found = new List<StoredEvent>();
        while (await rows.ReadAsync(ct))
        {
            found.Add(Stored(rows));
        }

        return found;
    }

    /// <summary>Reads rows on, some hundred at a time, so that the keys of many events are fetched at once. The keys
    /// are those of now, not of some minutes ago: whoever keeps what he reads must not keep what was erased.</summary>
    public async IAsyncEnumerable<(StoredEvent Stored, IReadOnlyDictionary<Guid, SubjectKey> Keys)> ReadOnAsync(
        NpgsqlDataReader rows, DistrictId tenant, [EnumeratorCancellation] CancellationToken ct)
    {
        var some = new List<StoredEvent>();
        for (var more = true; more;)
        {
            some.Clear();
            while (some.Count < AtOnce && (more = await rows.ReadAsync(ct)))
            {
                some.Add(Stored(rows));
            }

            var subjects = SubjectsIn(some);
            var known = subjects.Count == 0 ? NoKeys : await keys.AsStoredAsync(tenant, subjects, ct);
            foreach (var one in some)
            {
                yield return (one, known);
            }
        }
    }

    public async Task<IReadOnlyList<RecordedEvent>> OpenAsync(
        List<StoredEvent> stored, DistrictId tenant, CancellationToken ct)
    {
        var subjects = SubjectsIn(stored);
        var known = subjects.Count == 0 ? NoKeys : await keys.ForReadingAsync(tenant, subjects, ct);
        return [.. stored.Select(one => Open(one, tenant, known))];
    }

    /// <summary>Whose keys events are sealed under. Those that cannot be read need none: opening them says
    /// why.</summary>
    private HashSet<Guid> SubjectsIn(List<StoredEvent> stored)
    {
        var subjects = new HashSet<Guid>();
        foreach (var one in stored)
        {
            if (events.TryPersonal(one.Type, one.Schema) is { IsEmpty: false } personal)
            {
                subjects.UnionWith(personal.SubjectsIn(one.Json));
            }
        }

        return subjects;
    }

    /// <summary>Whether an aggregate goes on without an event that this program has no record for.</summary>
    public bool IsIgnored(StoredEvent one, AggregateType aggregate) =>
        aggregate.Ignores(one.Type) && !events.Knows(one.Type);

    /// <summary>Reads one event.</summary>
    public RecordedEvent Open(StoredEvent one, DistrictId tenant, IReadOnlyDictionary<Guid, SubjectKey> known)
    {
        var type = events.Find(one.Type);
        var personal = events.TryPersonal(one.Type, one.Schema);
        var subjects = personal is null or { IsEmpty: true } ? [] : personal.SubjectsIn(one.Json).ToHashSet();
        if (subjects.Count == 0)
        {
            return Event(one, type, one.Json);
        }

        var place = new SealedPlace(tenant.Required, one.StreamId, one.Type);
        var (json, isErased) = personal!.Open(one.Json, place, known);
        subjects.RemoveWhere(subject => known[subject].IsErased);
        return Event(one, type, json) with { IsErased = isErased, Subjects = subjects };
    }

    public static StoredEvent Stored(NpgsqlDataReader row) => new(
        row.GetInt64(0),
        row.GetGuid(1),
        row.GetInt32(2),
        row.GetGuid(3),
        row.GetString(4),
        row.GetInt16(5),
        row.GetFieldValue<byte[]>(6),
        new(row.IsDBNull(7) ? null : row.GetString(7), Id(row, 8), Id(row, 9)),
        row.GetFieldValue<DateTimeOffset>(10));

    private static RecordedEvent Event(StoredEvent one, EventType type, byte[] json) => new(
        one.Position,
        one.StreamId,
        one.Version,
        one.EventId,
        one.Type,
        one.Schema,
        type.Read(one.Schema, json),
        one.Metadata,
        one.RecordedAt);

    private static Guid? Id(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetGuid(column);
}
