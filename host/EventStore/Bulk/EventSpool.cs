using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Threading.Channels;

namespace K12Hub.EventStore;

/// <summary>Holds any number of events in stream order with little memory: full buffers are sorted and put aside in
/// temporary files, which nobody else can open, and merged when read.</summary>
/// <remarks>Sorted input is what makes a bulk append fast: index pages are then filled from left to right instead of
/// at random, and the rows go in by COPY, which the database could not sort itself.</remarks>
internal sealed class EventSpool(EventMap events, int bufferBytes = EventSpool.DefaultBufferBytes) : IDisposable
{
    public const int DefaultBufferBytes = 8 * 1024 * 1024;

    private readonly List<SpoolFile> _files = [];
    private readonly Channel<SpoolFile> _aside = Channel.CreateUnbounded<SpoolFile>();
    private readonly SpoolBuffer _buffer = new();
    private Utf8JsonWriter? _json;

    // Few, and never changed in place: whoever reads what was put aside does so while others are added.
    private volatile string[] _kinds = [];
    private volatile EventType[] _types = [];
    private long _count;

    public long Count => Volatile.Read(ref _count);

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
        BinaryPrimitives.WriteInt16BigEndian(header[20..], NumberOf(one.Kind));
        BinaryPrimitives.WriteInt16BigEndian(header[22..], NumberOf(type));
        _buffer.Advance(SpoolRecord.HeaderBytes);
        Write(type, one.Event, json);
        _buffer.End();
        Volatile.Write(ref _count, _count + 1);
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

    /// <summary>All events as they are put aside, until <see cref="End"/>; each once, while others are added.</summary>
    public async IAsyncEnumerable<SpoolRecord> ReadAsAddedAsync([EnumeratorCancellation] CancellationToken ct)
    {
        await foreach (var file in _aside.Reader.ReadAllAsync(ct))
        {
            foreach (var record in file.Read())
            {
                yield return record;
            }
        }
    }

    /// <summary>All events in no order, once more.</summary>
    public IEnumerable<SpoolRecord> ReadAgain() => _files.SelectMany(file => file.Read());

    /// <summary>Says that there is no more to come.</summary>
    /// <param name="failure">Why; null when all were added.</param>
    public void End(Exception? failure)
    {
        if (failure is null && _buffer.Length > 0)
        {
            PutAside();
        }

        _aside.Writer.TryComplete(failure);
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
        var file = SpoolFile.Write(_buffer.Sorted());
        _files.Add(file);
        _aside.Writer.TryWrite(file); // Has room for all.
        _buffer.Clear();
    }

    private short NumberOf(string kind)
    {
        var number = Array.IndexOf(_kinds, kind);
        if (number >= 0)
        {
            return (short)number;
        }

        _kinds = [.. _kinds, kind];
        return checked((short)(_kinds.Length - 1));
    }

    private short NumberOf(EventType type)
    {
        var number = Array.IndexOf(_types, type);
        if (number >= 0)
        {
            return (short)number;
        }

        _types = [.. _types, type];
        return checked((short)(_types.Length - 1));
    }
}
