using System.Buffers.Binary;
using System.Text;
using Npgsql;

namespace K12Hub.EventStore;

/// <summary>Writes PostgreSQL's binary COPY format (its manual, COPY, "Binary Format") row by row. By hand, because
/// the driver's importer costs half as much again per row.</summary>
internal sealed class CopyWriter : IAsyncDisposable
{
    private const int FlushBytes = 128 * 1024;

    private static readonly byte[] Header = [.. "PGCOPY\n"u8, 0xFF, .. "\r\n"u8, .. new byte[9]];

    private readonly NpgsqlRawCopyStream _stream;
    private byte[] _buffer = new byte[FlushBytes + (64 * 1024)];
    private int _used;
    private bool _completed;

    private CopyWriter(NpgsqlRawCopyStream stream)
    {
        _stream = stream;
        Raw(Header);
    }

    public static async Task<CopyWriter> StartAsync(NpgsqlConnection connection, string table, CancellationToken ct) =>
        new(await connection.BeginRawBinaryCopyAsync($"copy {table} from stdin (format binary)", ct));

    public void StartRow(short fields) => BinaryPrimitives.WriteInt16BigEndian(Take(2), fields);

    private void Null() => BinaryPrimitives.WriteInt32BigEndian(Take(4), -1);

    public void Short(short value) => BinaryPrimitives.WriteInt16BigEndian(Field(2), value);

    public void Int(int value) => BinaryPrimitives.WriteInt32BigEndian(Field(4), value);

    public void Bytes(ReadOnlySpan<byte> value) => value.CopyTo(Field(value.Length));

    public void TextOrNull(byte[]? utf8)
    {
        if (utf8 is null)
        {
            Null();
        }
        else
        {
            Bytes(utf8);
        }
    }

    public void Id(Guid? id)
    {
        if (id is { } value)
        {
            value.TryWriteBytes(Field(16), bigEndian: true, out _);
        }
        else
        {
            Null();
        }
    }

    public void Jsonb(ReadOnlySpan<byte> utf8)
    {
        var field = Field(utf8.Length + 1);
        field[0] = 1;
        utf8.CopyTo(field[1..]);
    }

    /// <summary>Microseconds since 2000-01-01 UTC.</summary>
    public void Timestamp(long microseconds) => BinaryPrimitives.WriteInt64BigEndian(Field(8), microseconds);

    public ValueTask EndRowAsync(CancellationToken ct) => _used < FlushBytes ? ValueTask.CompletedTask : FlushAsync(ct);

    public async Task CompleteAsync(CancellationToken ct)
    {
        BinaryPrimitives.WriteInt16BigEndian(Take(2), -1);
        await FlushAsync(ct);

        // Before the server's answer: when that is an error, cancelling would hide it behind one of its own.
        _completed = true;
        await _stream.DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_completed)
        {
            return;
        }

        try
        {
            await _stream.CancelAsync();
            await _stream.DisposeAsync();
        }
        catch (Exception gone) when (gone is NpgsqlException or InvalidOperationException or IOException)
        {
            // The connection is gone too; the error that led here says why and must not be replaced by this one.
            _completed = true;
        }
    }

    public static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    /// <summary>Stops between two writes: a write that is cut short would break the connection, and the copy could
    /// no longer be called off in order.</summary>
    private async ValueTask FlushAsync(CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        await _stream.WriteAsync(_buffer.AsMemory(0, _used), CancellationToken.None);
        _used = 0;
    }

    private void Raw(ReadOnlySpan<byte> bytes) => bytes.CopyTo(Take(bytes.Length));

    private Span<byte> Field(int bytes)
    {
        BinaryPrimitives.WriteInt32BigEndian(Take(4), bytes);
        return Take(bytes);
    }

    private Span<byte> Take(int bytes)
    {
        if (_buffer.Length - _used < bytes)
        {
            Array.Resize(ref _buffer, Math.Max(_buffer.Length * 2, _used + bytes));
        }

        _used += bytes;
        return _buffer.AsSpan(_used - bytes, bytes);
    }
}
