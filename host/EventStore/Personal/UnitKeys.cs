using Npgsql;
using NpgsqlTypes;

namespace K12Hub.EventStore;

/// <summary>The keys of everybody a unit of work is about: those it writes data of, and those whose data the state was
/// folded from, which may be in its rows. Held until the unit ends, so that an erasure comes before or after it and
/// never in the middle.</summary>
internal sealed class UnitKeys
{
    private const string Hold = "select es.hold_keys($1, $2, $3, $4)";

    private readonly List<SubjectKey> _held;

    /// <summary>Nobody's.</summary>
    public static UnitKeys None { get; } = new([]);

    private UnitKeys(List<SubjectKey> held) => _held = held;

    public IReadOnlyDictionary<Guid, SubjectKey> Keys { get; private init; } = new Dictionary<Guid, SubjectKey>();

    public IEnumerable<SubjectKey> Made => _held.Where(key => key.Wrapped is not null);

    public IReadOnlyCollection<Guid> Subjects => [.. _held.Select(key => key.Subject)];

    /// <summary>Finds or makes them.</summary>
    /// <exception cref="SubjectErasedException">Something is to be written about somebody who was erased.</exception>
    /// <exception cref="ConcurrencyException">Somebody was erased since the state was loaded.</exception>
    public static async ValueTask<UnitKeys> FindAsync(
        DocumentStore store,
        DistrictId tenant,
        List<PendingStream> streams,
        List<OutboxMessage> messages,
        CancellationToken ct)
    {
        var events = store.Options.Events;
        var written = streams.SelectMany(s => s.Happened)
            .SelectMany(happened => events.Find(happened).Personal.SubjectsOf(happened))
            .Concat(messages.SelectMany(m => m.Subjects)).ToHashSet();
        var loaded = streams.SelectMany(s => s.Subjects).Where(subject => !written.Contains(subject)).ToHashSet();
        if (written.Count + loaded.Count == 0)
        {
            return None;
        }

        var keys = await store.SubjectKeys.ForWritingAsync(tenant, [.. written, .. loaded], ct);
        foreach (var erased in keys.Values.Where(key => key.IsErased))
        {
            throw written.Contains(erased.Subject)
                ? new SubjectErasedException(erased.Subject)
                : new ConcurrencyException(
                    $"subject {erased.Subject} was erased after the unit had loaded its state", null, null);
        }

        // In one order for all units, or two of them would wait for each other.
        return new([.. keys.Values.OrderBy(key => key.Subject)]) { Keys = keys };
    }

    /// <summary>The statement that stores the new ones and holds the others; null when there are none.</summary>
    public NpgsqlBatchCommand? Statement(short tenant) => _held.Count == 0 ? null : new(Hold)
    {
        Parameters =
        {
            new NpgsqlParameter<short> { TypedValue = tenant },
            new NpgsqlParameter<Guid[]> { TypedValue = [.. _held.Select(key => key.Subject)] },
            new() { Value = _held.Select(key => key.Wrapped?.RingKeyId).ToArray(), NpgsqlDbType = Text },
            new() { Value = _held.Select(key => key.Wrapped?.Bytes).ToArray(), NpgsqlDbType = Bytes },
        },
    };

    private const NpgsqlDbType Text = NpgsqlDbType.Array | NpgsqlDbType.Text;
    private const NpgsqlDbType Bytes = NpgsqlDbType.Array | NpgsqlDbType.Bytea;
}
