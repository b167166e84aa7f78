using System.Buffers;
using System.Buffers.Text;
using System.Runtime.CompilerServices;
using System.Text.Unicode;

namespace K12Hub.GraphQL.Execution;

/// <summary>
/// The pooled UTF-8 buffer one response is written into. A leaf resolver writes exactly one JSON value, or
/// <see cref="WriteNull"/>. Always passed by reference: a copy would write into a buffer that was given back.
/// </summary>
/// <remarks>Does not check that what is written is well-formed JSON; the executor writes names and
/// punctuation.</remarks>
public struct JsonArena
{
    private const int DefaultMaxLength = 16 * 1024 * 1024;
    private const int FirstLength = 16 * 1024;
    private const string Iso8601 = "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'";

    // What a JSON string may not hold as it is.
    private static readonly SearchValues<char> MustEscape = SearchValues.Create(
        "\"\\\u0000\u0001\u0002\u0003\u0004\u0005\u0006\u0007\u0008\u0009\u000a\u000b\u000c\u000d\u000e\u000f" +
        "\u0010\u0011\u0012\u0013\u0014\u0015\u0016\u0017\u0018\u0019\u001a\u001b\u001c\u001d\u001e\u001f");

    private byte[]? bytes;
    private int length;
    private int room; // Of the buffer, and of what a response may be.
    private readonly int maxLength;

    /// <summary>A buffer for at most so many bytes; writing more becomes an error instead of memory growth.</summary>
    internal JsonArena(int maxLength) => this.maxLength = maxLength;

    /// <summary>Bytes written so far.</summary>
    public readonly int Length => length;

    /// <summary>What was written so far.</summary>
    public readonly ReadOnlySpan<byte> Written => bytes.AsSpan(0, length);

    /// <summary>Writes <c>null</c>.</summary>
    public void WriteNull() => WriteRaw("null"u8);

    /// <summary>Writes <c>true</c> or <c>false</c>.</summary>
    public void WriteBoolean(bool value) => WriteRaw(value ? "true"u8 : "false"u8);

    /// <summary>Writes a boolean or <c>null</c>.</summary>
    public void WriteBoolean(bool? value) => WriteRaw(value is null ? "null"u8 : value.Value ? "true"u8 : "false"u8);

    /// <summary>Writes a number.</summary>
    public void WriteNumber(int value)
    {
        Utf8Formatter.TryFormat(value, Reserve(11), out var count);
        length += count;
    }

    /// <summary>Writes a number or <c>null</c>.</summary>
    public void WriteNumber(int? value)
    {
        if (value is { } number) WriteNumber(number);
        else WriteNull();
    }

    /// <summary>Writes a number.</summary>
    public void WriteNumber(long value)
    {
        Utf8Formatter.TryFormat(value, Reserve(20), out var count);
        length += count;
    }

    /// <summary>Writes a number or <c>null</c>.</summary>
    public void WriteNumber(long? value)
    {
        if (value is { } number) WriteNumber(number);
        else WriteNull();
    }

    /// <summary>Writes the shortest text that reads back as the same number; NaN and infinities throw.</summary>
    /// <exception cref="GraphQLException">The value is not finite.</exception>
    public void WriteNumber(double value)
    {
        if (!double.IsFinite(value))
        {
            throw new GraphQLException(ResultErrors.Value("Float cannot represent a number that is not finite."));
        }

        value.TryFormat(Reserve(32), out var count, provider: null);
        length += count;
    }

    /// <summary>Writes a number or <c>null</c>.</summary>
    public void WriteNumber(double? value)
    {
        if (value is { } number) WriteNumber(number);
        else WriteNull();
    }

    /// <summary>Writes a number with all its decimals.</summary>
    public void WriteNumber(decimal value)
    {
        value.TryFormat(Reserve(32), out var count, provider: null);
        length += count;
    }

    /// <summary>Writes a number or <c>null</c>.</summary>
    public void WriteNumber(decimal? value)
    {
        if (value is { } number) WriteNumber(number);
        else WriteNull();
    }

    /// <summary>Writes a string or <c>null</c>.</summary>
    public void WriteString(string? value)
    {
        if (value is null) WriteNull();
        else WriteString(value.AsSpan());
    }

    /// <summary>Writes a string; a lone surrogate becomes U+FFFD.</summary>
    public void WriteString(ReadOnlySpan<char> value)
    {
        Quote();
        for (var at = value.IndexOfAny(MustEscape); at >= 0; at = value.IndexOfAny(MustEscape))
        {
            WriteUtf16(value[..at]);
            Escape(value[at]);
            value = value[(at + 1)..];
        }

        WriteUtf16(value);
        Quote();
    }

    /// <summary>Writes a UUID in its usual form.</summary>
    public void WriteString(Guid value)
    {
        var target = Reserve(38);
        target[0] = (byte)'"';
        Utf8Formatter.TryFormat(value, target[1..], out var count);
        target[count + 1] = (byte)'"';
        length += count + 2;
    }

    /// <summary>Writes a UUID or <c>null</c>.</summary>
    public void WriteString(Guid? value)
    {
        if (value is { } id) WriteString(id);
        else WriteNull();
    }

    /// <summary>Writes a day as <c>yyyy-MM-dd</c>.</summary>
    public void WriteString(DateOnly value) => WriteFormatted(value, "yyyy-MM-dd");

    /// <summary>Writes a day or <c>null</c>.</summary>
    public void WriteString(DateOnly? value)
    {
        if (value is { } day) WriteString(day);
        else WriteNull();
    }

    /// <summary>Writes a time of day as <c>HH:mm:ss</c>, with as many decimals of a second as it has.</summary>
    public void WriteString(TimeOnly value) => WriteFormatted(value, "HH:mm:ss.FFFFFFF");

    /// <summary>Writes a time of day or <c>null</c>.</summary>
    public void WriteString(TimeOnly? value)
    {
        if (value is { } time) WriteString(time);
        else WriteNull();
    }

    /// <summary>Writes a length of time as ISO 8601 does.</summary>
    public void WriteString(TimeSpan value) => WriteString(System.Xml.XmlConvert.ToString(value));

    /// <summary>Writes a length of time or <c>null</c>.</summary>
    public void WriteString(TimeSpan? value)
    {
        if (value is { } length) WriteString(length);
        else WriteNull();
    }

    /// <summary>Writes an address or <c>null</c>.</summary>
    public void WriteString(Uri? value) => WriteString(value?.OriginalString);

    /// <summary>Writes an instant in UTC, RFC 3339, with as many decimals of a second as it has.</summary>
    public void WriteString(DateTimeOffset value) => WriteFormatted(value.UtcDateTime, Iso8601);

    /// <summary>Writes an instant or <c>null</c>.</summary>
    public void WriteString(DateTimeOffset? value)
    {
        if (value is { } instant) WriteString(instant);
        else WriteNull();
    }

    /// <summary>Writes bytes as a base64url string without padding, the form of node ids and cursors.</summary>
    public void WriteBase64Url(ReadOnlySpan<byte> value)
    {
        Quote();
        Base64Url.EncodeToUtf8(value, Reserve(Base64Url.GetEncodedLength(value.Length)), out _, out var count);
        length += count;
        Quote();
    }

    /// <summary>Copies bytes that are JSON already.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void WriteRaw(ReadOnlySpan<byte> json)
    {
        json.CopyTo(Reserve(json.Length));
        length += json.Length;
    }

    /// <summary>Forgets everything after <paramref name="mark"/>, a value of <see cref="Length"/>.</summary>
    internal void TruncateTo(int mark) => length = mark;

    /// <summary>True when exactly <c>null</c> was written since <paramref name="start"/>.</summary>
    internal readonly bool IsNullSince(int start) => length - start == 4 && bytes![start] == (byte)'n';

    /// <summary>Starts anew, keeping a buffer of ordinary size for the next response.</summary>
    internal void Reset()
    {
        length = 0;
        if (bytes is { Length: > 1024 * 1024 }) Release();
    }

    /// <summary>Gives the buffer back to the pool.</summary>
    internal void Release()
    {
        if (bytes is not null) ArrayPool<byte>.Shared.Return(bytes);
        bytes = null;
        room = 0;
        length = 0;
    }

    internal void WriteByte(byte value)
    {
        Reserve(1)[0] = value;
        length++;
    }

    private void WriteFormatted<T>(T value, string format)
        where T : IUtf8SpanFormattable
    {
        var target = Reserve(48);
        target[0] = (byte)'"';
        value.TryFormat(target[1..], out var count, format, null);
        target[count + 1] = (byte)'"';
        length += count + 2;
    }

    private void Quote() => WriteByte((byte)'"');

    private void WriteUtf16(ReadOnlySpan<char> value)
    {
        // A UTF-16 unit never needs more than three bytes.
        Utf8.FromUtf16(value, Reserve(value.Length * 3), out _, out var count);
        length += count;
    }

    private void Escape(char value)
    {
        switch (value)
        {
            case '"': WriteRaw("\\\""u8); break;
            case '\\': WriteRaw("\\\\"u8); break;
            case '\b': WriteRaw("\\b"u8); break;
            case '\f': WriteRaw("\\f"u8); break;
            case '\n': WriteRaw("\\n"u8); break;
            case '\r': WriteRaw("\\r"u8); break;
            case '\t': WriteRaw("\\t"u8); break;
            default:
                WriteRaw("\\u00"u8);
                ((int)value).TryFormat(Reserve(2), out var count, "x2");
                length += count;
                break;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Span<byte> Reserve(int count)
    {
        if (room - length < count) Grow(count);
        return bytes.AsSpan(length);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Grow(int count)
    {
        var needed = (long)length + count;
        var most = maxLength == 0 ? DefaultMaxLength : maxLength;
        if (needed > most) throw new ResponseTooLargeException(most, needed);

        var larger = ArrayPool<byte>.Shared.Rent((int)Math.Max(needed, Math.Max(FirstLength, length * 2L)));
        bytes.AsSpan(0, length).CopyTo(larger);
        if (bytes is not null) ArrayPool<byte>.Shared.Return(bytes);
        bytes = larger;
        room = Math.Min(larger.Length, most);
    }
}
