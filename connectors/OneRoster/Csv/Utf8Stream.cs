using System.Text;
using K12Hub.OneRoster.Package;

namespace K12Hub.OneRoster.Csv;

/// <summary>What a file turned out to be written in.</summary>
internal enum TextEncoding
{
    Ascii,
    Utf8,
    Utf16,
    Windows1252,
}

/// <summary>Hands any file on as UTF-8, deciding as it reads: a byte order mark says it; without one the first byte
/// beyond ASCII does, because it either begins a UTF-8 sequence or it does not.</summary>
/// <remarks>In a file taken for Windows-1252, a byte that is undefined there and a pair that is plainly UTF-8
/// (<c>Ã©</c>) are passed on as an invalid byte, so that the row is rejected instead of misspelling a name.</remarks>
internal sealed class Utf8Stream(Stream source) : ReadOnlyStream
{
    private const byte Invalid = 0xFF;
    private const int LongestSequence = 4;

    private static readonly byte[][] from1252 = Table();

    private readonly byte[] pending = new byte[65_536];
    private Stream source = source;
    private int start;
    private int end;
    private bool begun;
    private bool decided;

    /// <summary>What the file is written in, as far as it was read.</summary>
    public TextEncoding Encoding { get; private set; }

    /// <summary>Whether the last byte handed on ended a line.</summary>
    public bool AtLineEnd { get; private set; } = true;

    public override int Read(Span<byte> buffer)
    {
        if (buffer.IsEmpty) return 0;
        if (!begun) ReadByteOrderMark();
        if (!decided && !Available(1)) return 0;
        if (!decided && pending[start] > 127) Decide();

        var count = !decided ? PassAscii(buffer)
            : Encoding == TextEncoding.Windows1252 ? Convert(buffer)
            : start < end ? PassPending(buffer, end - start)
            : source.Read(buffer);
        if (count > 0) AtLineEnd = buffer[count - 1] is (byte)'\n' or (byte)'\r';

        return count;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) source.Dispose();
        base.Dispose(disposing);
    }

    private void ReadByteOrderMark()
    {
        begun = true;
        end = source.ReadAtLeast(pending.AsSpan(0, 2), 2, throwOnEndOfStream: false);
        if (end < 2) return;
        if (pending[0] == 0xFF && pending[1] == 0xFE) Transcode(System.Text.Encoding.Unicode);
        else if (pending[0] == 0xFE && pending[1] == 0xFF) Transcode(System.Text.Encoding.BigEndianUnicode);
        else if (Available(3) && pending.AsSpan(0, end).StartsWith(System.Text.Encoding.UTF8.Preamble))
        {
            start = 3;
            decided = true;
            Encoding = TextEncoding.Utf8;
        }
    }

    private void Transcode(Encoding from)
    {
        start = end;
        decided = true;
        Encoding = TextEncoding.Utf16;
        source = System.Text.Encoding.CreateTranscodingStream(source, from, System.Text.Encoding.UTF8);
    }

    private void Decide()
    {
        Available(LongestSequence);
        decided = true;
        var sequence = Rune.DecodeFromUtf8(pending.AsSpan(start, end - start), out _, out _);
        Encoding = sequence == System.Buffers.OperationStatus.Done ? TextEncoding.Utf8 : TextEncoding.Windows1252;
    }

    private int PassAscii(Span<byte> buffer)
    {
        var beyond = pending.AsSpan(start, end - start).IndexOfAnyExceptInRange((byte)0, (byte)127);

        return PassPending(buffer, beyond < 0 ? end - start : beyond);
    }

    private int PassPending(Span<byte> buffer, int most)
    {
        var count = Math.Min(most, buffer.Length);
        pending.AsSpan(start, count).CopyTo(buffer);
        start += count;

        return count;
    }

    private int Convert(Span<byte> buffer)
    {
        var written = 0;
        while (buffer.Length - written >= 3 && (written == 0 ? Available(1) : start < end))
        {
            var first = pending[start];
            var utf8Pair = first is >= 0xC2 and <= 0xC5 && Available(2) && pending[start + 1] is >= 0x80 and <= 0xBF;
            ReadOnlySpan<byte> converted = utf8Pair ? [Invalid] : from1252[first];
            converted.CopyTo(buffer[written..]);
            written += converted.Length;
            start += utf8Pair ? 2 : 1;
        }

        return written;
    }

    /// <summary>Reads on until so many bytes are pending; false when the file ends before.</summary>
    private bool Available(int count)
    {
        while (end - start < count)
        {
            pending.AsSpan(start, end - start).CopyTo(pending);
            end -= start;
            start = 0;
            var read = source.Read(pending.AsSpan(end));
            if (read == 0) return false;
            end += read;
        }

        return true;
    }

    private static byte[][] Table()
    {
        var codePage = CodePagesEncodingProvider.Instance.GetEncoding(1252)!;

        return [.. Enumerable.Range(0, 256).Select(b => b is 0x81 or 0x8D or 0x8F or 0x90 or 0x9D
            ? [Invalid]
            : System.Text.Encoding.UTF8.GetBytes(codePage.GetString([(byte)b])))];
    }
}
