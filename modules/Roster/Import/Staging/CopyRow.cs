using System.Buffers.Binary;
using System.Security.Cryptography;
using Npgsql;

namespace K12Hub.Roster;

/// <summary>Writes rows in PostgreSQL's binary COPY format, field after field, and hashes them on the way.</summary>
/// <remarks>By hand because that is a third faster than a call to the driver per value (a million rows in a second),
/// and because these bytes are what the hash is taken of. Fields are written in the order of the table's columns;
/// those before <see cref="Hashed"/> make the hash.</remarks>
internal sealed class CopyRow(NpgsqlRawCopyStream stream) : IAsyncDisposable
{
    private const int FlushAt = 64 * 1024;
    private const int TextOid = 25;
    private const int UuidOid = 2950;
    private const int Null = -1;
    private const int EmptyArray = 16;
    private static readonly DateOnly FirstDay = new(2000, 1, 1);
    private static readonly DateTimeOffset FirstInstant = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly CopyBuffer bytes = new(2 * FlushAt);
    private readonly IncrementalHash hashing = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private int factsStart;
    private int factsEnd;
    private Guid hash;
    private bool completed;

    /// <summary>Rows begun so far.</summary>
    public long Rows { get; private set; }

    private static ReadOnlySpan<byte> Header =>
        [(byte)'P', (byte)'G', (byte)'C', (byte)'O', (byte)'P', (byte)'Y', 10, 255, 13, 10, 0, 0, 0, 0, 0, 0, 0, 0, 0];

    /// <summary>Opens a COPY.</summary>
    /// <param name="connection">The connection; it can do nothing else until this is disposed.</param>
    /// <param name="copy">The COPY statement, binary, from stdin.</param>
    /// <param name="ct">Stops opening.</param>
    public static async Task<CopyRow> OpenAsync(NpgsqlConnection connection, string copy, CancellationToken ct) =>
        new(await connection.BeginRawBinaryCopyAsync(copy, ct));

    /// <summary>Begins a row of so many fields.</summary>
    public CopyRow Begin(int fields)
    {
        if (Rows++ == 0) Header.CopyTo(bytes.Take(Header.Length));
        BinaryPrimitives.WriteInt16BigEndian(bytes.Take(2), (short)fields);
        factsStart = factsEnd = bytes.Length;
        return this;
    }

    /// <summary>Ends the facts: everything written since <see cref="Begin"/> is the record's content.</summary>
    /// <remarks>Empty fields at the end do not count, so that a column added later changes no hash.</remarks>
    public CopyRow Hashed()
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        hashing.AppendData(bytes.Between(factsStart, factsEnd));
        hashing.GetHashAndReset(digest);
        hash = new Guid(digest[..16], bigEndian: true);
        return this;
    }

    /// <summary>The hash of the record's content: 128 bits of its SHA-256.</summary>
    public CopyRow Hash() => Id(hash);

    public CopyRow Text(string? value)
    {
        if (value is null) return Nothing();

        // PostgreSQL's text cannot hold the character zero; no name needs it.
        if (value.Contains('\0', StringComparison.Ordinal)) value = value.Replace("\0", "", StringComparison.Ordinal);
        bytes.Text(value);
        return Written();
    }

    public CopyRow Id(Guid? value)
    {
        if (value is not { } id) return Nothing();

        bytes.Number(16);
        id.TryWriteBytes(bytes.Take(16), bigEndian: true, out _);
        return Written();
    }

    public CopyRow Int(int value)
    {
        bytes.Number(4);
        bytes.Number(value);
        return Written();
    }

    public CopyRow Flag(bool? value)
    {
        if (value is not { } flag) return Nothing();

        bytes.Number(1);
        bytes.Take(1)[0] = flag ? (byte)1 : (byte)0;
        return Written();
    }

    public CopyRow Date(DateOnly? value)
    {
        if (value is not { } day) return Nothing();

        bytes.Number(4);
        bytes.Number(day.DayNumber - FirstDay.DayNumber);
        return Written();
    }

    public CopyRow Instant(DateTimeOffset? value)
    {
        if (value is not { } instant) return Nothing();

        bytes.Number(8);
        var microseconds = (instant - FirstInstant).Ticks / TimeSpan.TicksPerMicrosecond;
        BinaryPrimitives.WriteInt64BigEndian(bytes.Take(8), microseconds);
        return Written();
    }

    public CopyRow Texts(IReadOnlyList<string> values)
    {
        var start = ArrayOf(TextOid, values.Count);
        foreach (var value in values) bytes.Text(value);
        return ArrayWritten(start);
    }

    public CopyRow Ids<TKey>(IReadOnlyList<TKey> keys, Func<TKey, Guid> idOf)
    {
        var start = ArrayOf(UuidOid, keys.Count);
        foreach (var key in keys)
        {
            bytes.Number(16);
            idOf(key).TryWriteBytes(bytes.Take(16), bigEndian: true, out _);
        }

        return ArrayWritten(start);
    }

    /// <summary>Sends what is written when it is enough for a packet. Call it between rows.</summary>
    public ValueTask FlushWhenFullAsync(CancellationToken ct) =>
        bytes.Length < FlushAt ? ValueTask.CompletedTask : FlushAsync(ct);

    /// <summary>Says that all rows are written, and waits until the server has them.</summary>
    public async ValueTask CompleteAsync(CancellationToken ct)
    {
        if (Rows == 0) Header.CopyTo(bytes.Take(Header.Length));
        BinaryPrimitives.WriteInt16BigEndian(bytes.Take(2), Null);
        await FlushAsync(ct);

        // Before the server's answer: when that is an error, cancelling would hide it behind one of its own.
        completed = true;
        await stream.DisposeAsync();
    }

    /// <summary>Cancels the COPY unless it is complete.</summary>
    public async ValueTask DisposeAsync()
    {
        hashing.Dispose();
        if (!completed) await stream.CancelAsync();
        await stream.DisposeAsync();
    }

    private async ValueTask FlushAsync(CancellationToken ct)
    {
        await stream.WriteAsync(bytes.Written, ct);
        bytes.Clear();
    }

    private CopyRow Nothing()
    {
        bytes.Number(Null);
        return this;
    }

    private CopyRow Written()
    {
        factsEnd = bytes.Length;
        return this;
    }

    private int ArrayOf(int elementOid, int count)
    {
        var start = bytes.Length;
        bytes.Number(0);
        bytes.Number(count == 0 ? 0 : 1);
        bytes.Number(0);
        bytes.Number(elementOid);
        if (count == 0) return start;

        bytes.Number(count);
        bytes.Number(1);
        return start;
    }

    private CopyRow ArrayWritten(int start)
    {
        var length = bytes.Length - start;
        bytes.Number(length - 4, start);
        return length > EmptyArray ? Written() : this;
    }
}
