using System.Globalization;
using System.Text;

namespace K12Hub.GraphQL.Language;

/// <summary>Reads a quoted string that has escapes, or a fault ("String Value").</summary>
internal ref struct EscapedString(ReadOnlySpan<byte> text)
{
    private const string Unterminated = "The string is not terminated.";

    private readonly ReadOnlySpan<byte> text = text;
    private readonly StringBuilder value = new();

    /// <summary>What is wrong, when reading answered null.</summary>
    public string Error { get; private set; } = Unterminated;

    /// <summary>Reads from behind the opening quote.</summary>
    /// <param name="at">Where to start.</param>
    /// <param name="end">Behind the closing quote; where the fault is when the answer is null.</param>
    public string? Read(int at, out int end)
    {
        while (true)
        {
            var length = text[at..].IndexOfAny("\"\\\r\n"u8);
            end = length < 0 ? text.Length : at + length;
            value.Append(Encoding.UTF8.GetString(text[at..end]));
            if (end == text.Length || text[end] is (byte)'\r' or (byte)'\n') return null;
            if (text[end] is (byte)'"')
            {
                end++;
                return value.ToString();
            }

            if (!ReadEscape(end, out at)) return null;
        }
    }

    private bool ReadEscape(int at, out int end)
    {
        end = at + 2;
        var escaped = at + 1 < text.Length ? text[at + 1] : (byte)0;
        if (escaped is (byte)'u') return ReadUnicode(at, out end);

        var plain = escaped switch
        {
            (byte)'"' => '"',
            (byte)'\\' => '\\',
            (byte)'/' => '/',
            (byte)'b' => '\b',
            (byte)'f' => '\f',
            (byte)'n' => '\n',
            (byte)'r' => '\r',
            (byte)'t' => '\t',
            _ => '\0',
        };
        if (plain is '\0') return Refuse("The string has an unknown escape sequence.");

        value.Append(plain);
        return true;
    }

    private bool ReadUnicode(int at, out int end)
    {
        const string notScalar = "The string escapes something that is no Unicode scalar value.";
        if (at + 2 < text.Length && text[at + 2] is (byte)'{') return ReadBraced(at, out end);

        end = at + 6;
        if (Hex(at + 2, 4) is not { } unit) return Refuse("Expected four hexadecimal digits after \"\\u\".");
        if (Rune.TryCreate(unit, out var rune))
        {
            value.Append(rune.ToString());
            return true;
        }

        // A surrogate: only a pair of escapes is a scalar value.
        var low = text[end..].StartsWith("\\u"u8) ? Hex(end + 2, 4) : null;
        if (low is not { } second || !Rune.TryCreate((char)unit, (char)second, out rune)) return Refuse(notScalar);

        end += 6;
        value.Append(rune.ToString());
        return true;
    }

    private bool ReadBraced(int at, out int end)
    {
        end = at;
        var length = text[(at + 3)..].IndexOf((byte)'}');
        if (length <= 0 || Hex(at + 3, length) is not { } code || !Rune.TryCreate(code, out var rune))
        {
            return Refuse("Expected \"\\u{…}\" with the hexadecimal digits of a Unicode scalar value.");
        }

        end = at + 3 + length + 1;
        value.Append(rune.ToString());
        return true;
    }

    private readonly int? Hex(int at, int length)
    {
        if (at + length > text.Length || length > 8) return null;

        foreach (var digit in text.Slice(at, length))
        {
            if (!char.IsAsciiHexDigit((char)digit)) return null;
        }

        return int.TryParse(text.Slice(at, length), NumberStyles.AllowHexSpecifier, null, out var code) ? code : null;
    }

    private bool Refuse(string error)
    {
        Error = error;
        return false;
    }
}
