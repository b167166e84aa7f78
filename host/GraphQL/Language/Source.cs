using System.Text;

namespace K12Hub.GraphQL.Language;

/// <summary>A GraphQL text as UTF-8, with the way from a byte offset to the line and column a person reads.</summary>
public sealed class Source
{
    /// <summary>Takes UTF-8 bytes; a byte order mark at the start is ignored.</summary>
    public Source(ReadOnlyMemory<byte> utf8, string name = "GraphQL request")
    {
        Utf8 = utf8.Span.StartsWith("\uFEFF"u8) ? utf8[3..] : utf8;
        Name = name;
    }

    /// <summary>Takes a text; a lone surrogate in it is no Unicode scalar value and becomes invalid UTF-8.</summary>
    public Source(string text, string name = "GraphQL request") : this(Encode(text), name)
    {
    }

    /// <summary>The text, without byte order mark.</summary>
    public ReadOnlyMemory<byte> Utf8 { get; }

    /// <summary>What the text is called in messages, a file name for instance.</summary>
    public string Name { get; }

    /// <summary>
    /// Line and column (1-based) of a byte offset. Columns count UTF-16 code units; "\r\n" is one line end.
    /// </summary>
    public (int Line, int Column) LineAndColumn(int offset)
    {
        var text = Utf8.Span[..Math.Min(offset, Utf8.Length)];
        int line = 1, lineStart = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] is not ((byte)'\n' or (byte)'\r')) continue;
            if (text[i] is (byte)'\r' && i + 1 < Utf8.Length && Utf8.Span[i + 1] is (byte)'\n') i++;
            if (i + 1 > text.Length) break;
            line++;
            lineStart = i + 1;
        }

        return (line, Encoding.UTF8.GetCharCount(text[lineStart..]) + 1);
    }

    /// <inheritdoc/>
    public override string ToString() => Encoding.UTF8.GetString(Utf8.Span);

    // UTF8.GetBytes would quietly put U+FFFD for a lone surrogate; its three raw bytes are refused by the lexer
    // instead.
    private static byte[] Encode(string text)
    {
        if (!HasLoneSurrogate(text)) return Encoding.UTF8.GetBytes(text);

        var bytes = new List<byte>(text.Length + 8);
        Span<byte> encoded = stackalloc byte[4];
        for (var i = 0; i < text.Length; i++)
        {
            if (Rune.TryGetRuneAt(text, i, out var rune))
            {
                bytes.AddRange(encoded[..rune.EncodeToUtf8(encoded)]);
                i += rune.Utf16SequenceLength - 1;
            }
            else
            {
                bytes.Add((byte)(0xE0 | text[i] >> 12));
                bytes.Add((byte)(0x80 | text[i] >> 6 & 0x3F));
                bytes.Add((byte)(0x80 | text[i] & 0x3F));
            }
        }

        return [.. bytes];
    }

    private static bool HasLoneSurrogate(string text)
    {
        var first = text.AsSpan().IndexOfAnyInRange('\uD800', '\uDFFF');
        for (var i = first; i >= 0 && i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i])) continue;
            if (!Rune.TryGetRuneAt(text, i, out _)) return true;
            i++;
        }

        return false;
    }
}

/// <summary>Where a node stands in its source. Line and column are computed only when somebody asks.</summary>
/// <param name="Source">The text; null for a node made by a program.</param>
/// <param name="Start">Byte offset of the first byte.</param>
/// <param name="End">Byte offset after the last byte.</param>
public readonly record struct Location(Source? Source, int Start, int End)
{
    /// <summary>1-based; 0 without a source.</summary>
    public int Line => Source?.LineAndColumn(Start).Line ?? 0;

    /// <summary>1-based, in UTF-16 code units; 0 without a source.</summary>
    public int Column => Source?.LineAndColumn(Start).Column ?? 0;

    /// <summary>Whether there is a text to point into.</summary>
    public bool IsKnown => Source is not null;
}
