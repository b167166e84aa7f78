using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace K12Hub.EventStore;

/// <summary>Holds any number of events in stream order with little memory: full buffers are sorted and put aside in
/// temporary files, which nobody else can open, and merged when read.</summary>
/// <remarks>Sorted input is what makes a bulk append fast: index pages are then filled from left to right instead of
/// at random, and the rows go in by COPY, which the database could not sort itself.</remarks>
internal sealed class EventSpool(EventMap events, int bufferBytes = EventSpool.DefaultBufferBytes) : IDisposable
{
    public const int DefaultBufferBytes = 8 * 1024 * 1024;

    private readonly List<SpoolFile> _files = [];
    private readonly List<string> _kinds = [];
    private readonly List<EventType> _types = [];
    private readonly Dictionary<string, short> _kindNumbers = new(StringComparer.Ordinal);
    private readonly Dictionary<EventType, short> _typeNumbers = [];
    private readonly SpoolBuffer _buffer = new();
    private Utf8JsonWriter? _json;

    public long Count { get; private set; }

    public string Kind(SpoolRecord record) => _kinds[record.Kind];

    public EventType Type(SpoolRecord record) => _types[record.Type];

    /// <param name="one">The event.</param>
    /// <param name="json">Its JSON; null to write it here.</param>
    public void Add(BulkEvent one, byte[]? json = null)
    {
        ArgumentNullException.ThrowIfNull(one);
        var type = events.Find(one.Event);
        _buffer.Begin(one.StreamId);
        var header = _buffer.GetSpan(SpoolRecord.HeaderBytes);
        one.StreamId.TryWriteBytes(header, bigEndian: true, out _);
        BinaryPrimitives.WriteInt32BigEndian(header[16..], one.ExpectedVersion);
        BinaryPrimitives.WriteInt16BigEndian(header[20..], Number(_kindNumbers, _kinds, one.Kind));
        BinaryPrimitives.WriteInt16BigEndian(header[22..], Number(_typeNumbers, _types, type));
        _buffer.Advance(SpoolRecord.HeaderBytes);
        Write(type, one.Event, json);
        _buffer.End();
        Count++;
        if (_buffer.Length > bufferBytes)
        {
            PutAside();
        }
    }

    /// <summary>All events by stream id; those of one stream in the order they were added. May be read repeatedly,
    /// not while another reading goes on.</summary>
    public IEnumerable<SpoolRecord> Read()
    {
        if (_files.Count == 0)
        {
            return _buffer.Sorted();
        }

        if (_buffer.Length > 0)
        {
            PutAside();
        }

        return SpoolMerge.Of([.. _files.Select(f => f.Read())]);
    }

    public void Dispose()
    {
        _json?.Dispose();
        _files.ForEach(f => f.Dispose());
    }

    private void Write(EventType type, object happened, byte[]? json)
    {
        if (json is not null)
        {
            json.CopyTo(_buffer.GetSpan(json.Length));
            _buffer.Advance(json.Length);
            return;
        }

        _json ??= new Utf8JsonWriter(_buffer, new JsonWriterOptions { Encoder = events.Json.Encoder });
        _json.Reset(_buffer);
        type.Write(_json, happened);
        _json.Flush();
    }

    private void PutAside()
    {
        _files.Add(SpoolFile.Write(_buffer.Sorted()));
        _buffer.Clear();
    }

    private static short Number<T>(Dictionary<T, short> numbers, List<T> values, T value)
        where T : notnull
    {
        ref var number = ref CollectionsMarshal.GetValueRefOrAddDefault(numbers, value, out var known);
        if (!known)
        {
            number = checked((short)values.Count);
            values.Add(value);
        }

        return number;
    }
}
