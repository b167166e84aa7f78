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

    /// <summary>How events become JSON: camel case, enums as names, nulls left out. Add a source-generated
    /// <see cref="JsonSerializerOptions.TypeInfoResolver"/> here; the naming must not change once events
    /// exist.</summary>
    public JsonSerializerOptions Json { get; } = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter() },
    };

    /// <summary>All mapped types, by stored name.</summary>
    public IReadOnlyCollection<EventType> Types => _byName.Values;

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
        var type = new EventType(name, typeof(TEvent), schema, Json);
        if (!_byName.TryAdd(name, type))
        {
            throw new ArgumentException($"Event name '{name}' is already used by {_byName[name].ClrType.Name}.");
        }

        if (!_byClrType.TryAdd(typeof(TEvent), type))
        {
            _byName.Remove(name);
            throw new ArgumentException($"{typeof(TEvent).Name} is already '{_byClrType[typeof(TEvent)].Name}'.");
        }

        return type;
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

    /// <summary>Reads stored JSON as the newest shape of its type.</summary>
    public object Read(string name, int schema, ReadOnlySpan<byte> utf8Json) => Find(name).Read(schema, utf8Json);

    /// <summary>The JSON an event is stored as.</summary>
    public string Write(object happened) => Find(happened).Write(happened);
}
