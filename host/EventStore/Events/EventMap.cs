using System.Collections.Concurrent;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace K12Hub.EventStore;

/// <summary>Which record is stored under which name. Names and old shapes are promises for ever; CLR names are not
/// stored, so types may be renamed and moved.</summary>
public sealed class EventMap
{
    private readonly Dictionary<Type, EventType> _byClrType = [];
    private readonly Dictionary<string, EventType> _byName = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<Type, PersonalShape> _messages = new();

    /// <summary>How events become JSON: camel case, enums as names, nulls left out. Add a source-generated
    /// <see cref="JsonSerializerOptions.TypeInfoResolver"/> here; the naming must not change once events
    /// exist.</summary>
    public JsonSerializerOptions Json { get; } = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter() },
    };

    /// <summary>A map that knows the events the store writes itself.</summary>
    public EventMap()
    {
        Add(new("es.subject_erased", typeof(SubjectErased), 1, Json) { IsBuiltIn = true });
        Add(new("es.stream_archived", typeof(StreamArchived), 1, Json) { IsBuiltIn = true });
        Add(new("es.events_masked", typeof(EventsMasked), 1, Json) { IsBuiltIn = true });
    }

    /// <summary>All types that were mapped, by stored name.</summary>
    public IReadOnlyCollection<EventType> Types => [.. _byName.Values.Where(type => !type.IsBuiltIn)];

    /// <summary>Maps a record to the name it is stored under, for instance <c>roster.org_added</c>.</summary>
    /// <typeparam name="TEvent">The newest shape of the event.</typeparam>
    /// <param name="name">The stored name: lower case, a dot between module and fact.</param>
    /// <param name="schema">Number of the newest shape; raise it by one with every change that old JSON does not fit
    /// and add an upcaster for the old one.</param>
    /// <returns>The type, to add upcasters to.</returns>
    public EventType MapEventType<TEvent>(string name, int schema = 1)
        where TEvent : class
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        return Add(new(name, typeof(TEvent), schema, Json));
    }

    /// <summary>The type an event is stored as.</summary>
    public EventType Find(object happened)
    {
        ArgumentNullException.ThrowIfNull(happened);
        return _byClrType.TryGetValue(happened.GetType(), out var type)
            ? type
            : throw new InvalidOperationException(
                $"{happened.GetType().Name} has no stored name. Add options.Events.MapEventType<"
                + $"{happened.GetType().Name}>(\"module.fact\", schema: 1).");
    }

    /// <summary>The type events of a record are stored as.</summary>
    public EventType Find<TEvent>()
        where TEvent : class => Find(typeof(TEvent));

    /// <summary>The type events of a record are stored as.</summary>
    internal EventType Find(Type clrType) => _byClrType.TryGetValue(clrType, out var type)
        ? type
        : throw new InvalidOperationException($"{clrType.Name} has no stored name.");

    /// <summary>The type with this stored name.</summary>
    public EventType Find(string name) => _byName.TryGetValue(name, out var type)
        ? type
        : throw new InvalidOperationException(
            $"The store holds events of type '{name}', which this program does not know. Its record must stay mapped.");

    /// <summary>Reads stored JSON as the newest shape of its type. Personal data in it must be open already, as
    /// sessions and feeds give it.</summary>
    public object Read(string name, int schema, ReadOnlySpan<byte> utf8Json) => Find(name).Read(schema, utf8Json);

    /// <summary>The JSON an event is stored as, before its personal data is sealed.</summary>
    public string Write(object happened) => Find(happened).Write(happened);

    internal bool Knows(string name) => _byName.ContainsKey(name);

    /// <summary>What is personal in a message.</summary>
    internal PersonalShape PersonalOf(Type message) => _messages.GetOrAdd(message, type =>
        PersonalShape.Of(type, marked =>
        {
            Json.MakeReadOnly(populateMissingResolver: true);
            return Json.GetTypeInfo(marked);
        }));

    /// <summary>What is personal in a stored shape; null when this program does not know the shape.</summary>
    internal PersonalShape? TryPersonal(string name, int schema) =>
        _byName.TryGetValue(name, out var type) && type.Knows(schema) ? type.PersonalIn(schema) : null;

    private EventType Add(EventType type)
    {
        if (!_byName.TryAdd(type.Name, type))
        {
            throw new ArgumentException(
                $"Event name '{type.Name}' is already used by {_byName[type.Name].ClrType.Name}.");
        }

        if (!_byClrType.TryAdd(type.ClrType, type))
        {
            _byName.Remove(type.Name);
            throw new ArgumentException($"{type.ClrType.Name} is already '{_byClrType[type.ClrType].Name}'.");
        }

        return type;
    }
}
