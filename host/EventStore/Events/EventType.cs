using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace K12Hub.EventStore;

/// <summary>One event type: its stored name, its newest shape, and how older shapes are brought up to it.</summary>
public sealed class EventType
{
    private readonly JsonSerializerOptions _json;
    private readonly Dictionary<int, Upcaster> _upcasters = [];
    private readonly ConcurrentDictionary<int, PersonalShape> _personal = new();
    private PersonalShape? _newest;
    private JsonTypeInfo? _typeInfo;

    internal EventType(string name, Type clrType, int schema, JsonSerializerOptions json)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(schema, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(schema, short.MaxValue);
        (Name, ClrType, Schema, _json) = (name, clrType, schema, json);
        Utf8Name = Encoding.UTF8.GetBytes(name);
    }

    /// <summary>The name it is stored under.</summary>
    public string Name { get; }

    /// <summary>The record of the newest shape.</summary>
    public Type ClrType { get; }

    /// <summary>Number of the newest shape, from 1.</summary>
    public int Schema { get; }

    internal byte[] Utf8Name { get; }

    /// <summary>Whether the store itself writes it.</summary>
    internal bool IsBuiltIn { get; init; }

    /// <summary>What is personal in the newest shape.</summary>
    internal PersonalShape Personal => _newest ??= PersonalIn(Schema);

    private JsonTypeInfo TypeInfo => _typeInfo ??= ReadTypeInfo(ClrType);

    /// <summary>Says how an old shape becomes the next one. Shapes are chained, so each step is written once.</summary>
    /// <typeparam name="TOld">The record of the old shape, kept for ever.</typeparam>
    /// <typeparam name="TNext">The shape one number higher.</typeparam>
    /// <param name="schema">Number of the old shape.</param>
    /// <param name="upcast">A pure function from the old shape to the next.</param>
    public EventType Upcast<TOld, TNext>(int schema, Func<TOld, TNext> upcast)
        where TOld : class
        where TNext : class
    {
        ArgumentNullException.ThrowIfNull(upcast);
        ArgumentOutOfRangeException.ThrowIfLessThan(schema, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(schema, Schema);
        _upcasters.Add(schema, new Upcaster(typeof(TOld), typeof(TNext), old => upcast((TOld)old)));
        return this;
    }

    internal object Read(int schema, ReadOnlySpan<byte> json)
    {
        if (schema == Schema)
        {
            return JsonSerializer.Deserialize(json, TypeInfo) ?? throw Unreadable(schema, "is null");
        }

        var shape = Step(schema).From;
        var happened = JsonSerializer.Deserialize(json, shape, _json) ?? throw Unreadable(schema, "is null");
        for (var number = schema; number < Schema; number++)
        {
            happened = Step(number).Apply(happened);
        }

        return happened;
    }

    internal void Write(Utf8JsonWriter writer, object happened) => JsonSerializer.Serialize(writer, happened, TypeInfo);

    internal string Write(object happened) => JsonSerializer.Serialize(happened, TypeInfo);

    /// <summary>What is personal in a shape.</summary>
    internal PersonalShape PersonalIn(int schema) => _personal.TryGetValue(schema, out var known)
        ? known
        : _personal.GetOrAdd(
            schema, PersonalShape.Of(schema == Schema ? ClrType : Step(schema).From, ReadTypeInfo));

    internal bool Knows(int schema) => schema == Schema || _upcasters.ContainsKey(schema);

    /// <summary>Whether any shape holds personal data. Checks the marks of all.</summary>
    internal bool IsPersonal()
    {
        var shapes = Enumerable.Range(1, Schema).Select(PersonalIn).ToList();
        return shapes.Exists(shape => !shape.IsEmpty);
    }

    /// <summary>The JSON an event is stored as, with its personal data in envelopes.</summary>
    internal byte[] WriteSealed(object happened, SealedPlace place, IReadOnlyDictionary<Guid, SubjectKey> keys)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(happened, TypeInfo);
        return Personal.IsEmpty ? json : Personal.Seal(json, happened, place, keys);
    }

    /// <summary>Checks that every old shape reaches the newest.</summary>
    internal void Check()
    {
        for (var schema = 1; schema < Schema; schema++)
        {
            var to = schema + 1 == Schema ? ClrType : Step(schema + 1).From;
            if (Step(schema).To != to)
            {
                throw Unreadable(schema, $"is upcast to {Step(schema).To.Name}, but schema {schema + 1} is {to.Name}");
            }
        }
    }

    private JsonTypeInfo ReadTypeInfo(Type shape)
    {
        _json.MakeReadOnly(populateMissingResolver: true);
        return _json.GetTypeInfo(shape);
    }

    private Upcaster Step(int schema) => _upcasters.TryGetValue(schema, out var step)
        ? step
        : throw Unreadable(schema, schema > Schema ? "was written by a newer program" : "has no upcaster");

    private InvalidOperationException Unreadable(int schema, string why) =>
        new($"Event '{Name}' with schema {schema} {why}; this program's newest is {Schema}.");

    private sealed record Upcaster(Type From, Type To, Func<object, object> Apply);
}
