using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace K12Hub.GraphQL.Language;

/// <summary>
/// Splits UTF-8 into tokens ("Lexical Tokens"), one at a time, without allocating for anything but escaped strings.
/// </summary>
internal ref struct Lexer
{
    private static readonly SearchValues<byte> LineEnds = SearchValues.Create("\r\n"u8);

    private readonly Source source;
    private readonly ReadOnlySpan<byte> text;
    private readonly int maxTokens;
    private readonly int invalidFrom;
    private int tokens;

    public Lexer(Source source, ParserLimits limits)
    {
        this.source = source;
        text = source.Utf8.Span;
        maxTokens = limits.MaxTokens;
        if (text.Length > limits.MaxBytes)
        {
            throw new SyntaxException(
                $"The document has {text.Length} bytes; at most {limits.MaxBytes} are allowed.",
                new Location(source, 0, 0),
                LimitCode.Parser,
                new PassedLimit("bytes", limits.MaxBytes, text.Length));
        }

        invalidFrom = FirstInvalidByte(text);
    }

    /// <summary>What the current token is.</summary>
    public TokenKind Kind { get; private set; }

    /// <summary>Byte offset of the current token.</summary>
    public int Start { get; private set; }

    /// <summary>Byte offset after the current token.</summary>
    public int End { get; private set; }

    /// <summary>The bytes of the current token.</summary>
    public readonly ReadOnlySpan<byte> Bytes => text[Start..End];

    /// <summary>What the current string token means.</summary>
    public string? StringValue { get; private set; }

    /// <summary>Moves to the next token.</summary>
    public void Next()
    {
        var at = SkipIgnored(End);
        Start = at;
        if (at >= text.Length)
        {
            End = text.Length;
            Kind = TokenKind.EndOfText;
            return;
        }

        if (++tokens > maxTokens) throw TooManyTokens(at);
        ReadToken(at);
        if (End > invalidFrom) throw Fail("The document is not valid UTF-8.", invalidFrom);
    }

    private void ReadToken(int at)
    {
        var first = text[at];
        if (IsNameStart(first)) ReadName(at);
        else if (first is (byte)'"') ReadString(at);
        else if (first is (byte)'-' || char.IsAsciiDigit((char)first)) ReadNumber(at);
        else if (first is (byte)'.') ReadSpread(at);
        else if (Punctuator(first) is var kind and not TokenKind.EndOfText) Accept(kind, at + 1);
        else throw Unexpected(at);
    }

    private static TokenKind Punctuator(byte first) => first switch
    {
        (byte)'{' => TokenKind.OpenBrace,
        (byte)'}' => TokenKind.CloseBrace,
        (byte)'(' => TokenKind.OpenParenthesis,
        (byte)')' => TokenKind.CloseParenthesis,
        (byte)':' => TokenKind.Colon,
        (byte)'$' => TokenKind.Dollar,
        (byte)'!' => TokenKind.Bang,
        (byte)'@' => TokenKind.At,
        (byte)'[' => TokenKind.OpenBracket,
        (byte)']' => TokenKind.CloseBracket,
        (byte)'=' => TokenKind.EqualsSign,
        (byte)'&' => TokenKind.Ampersand,
        (byte)'|' => TokenKind.Pipe,
        _ => TokenKind.EndOfText,
    };

    private readonly int SkipIgnored(int at)
    {
        while (at < text.Length)
        {
            var current = text[at];
            if (current is (byte)' ' or (byte)'\n' or (byte)',' or (byte)'\t' or (byte)'\r') at++;
            else if (current is (byte)'#') at = SkipComment(at);
            else if (current is 0xEF && text[at..].StartsWith("\uFEFF"u8)) at += 3;
            else break;
        }

        return at;
    }

    private readonly int SkipComment(int at)
    {
        var length = text[at..].IndexOfAny(LineEnds);
        var end = length < 0 ? text.Length : at + length;
        return end > invalidFrom ? throw Fail("The document is not valid UTF-8.", invalidFrom) : end;
    }

    private void ReadName(int at)
    {
        // Names are short; a search with vectors would take longer to set up.
        at++;
        while (at < text.Length && (IsNameStart(text[at]) || IsDigit(text[at]))) at++;
        Accept(TokenKind.Name, at);
    }

    private void ReadSpread(int at)
    {
        if (!text[at..].StartsWith("..."u8)) throw Unexpected(at);
        Accept(TokenKind.Spread, at + 3);
    }

    private void ReadNumber(int at)
    {
        var kind = TokenKind.IntValue;
        if (text[at] is (byte)'-') at++;
        if (Peek(at) is (byte)'0')
        {
            at++;
            if (IsDigit(Peek(at))) throw Fail("A number must not start with a zero before another digit.", at);
        }
        else
        {
            at = ReadDigits(at);
        }

        if (Peek(at) is (byte)'.')
        {
            kind = TokenKind.FloatValue;
            at = ReadDigits(at + 1);
        }

        if (Peek(at) is (byte)'e' or (byte)'E')
        {
            kind = TokenKind.FloatValue;
            at = ReadDigits(Peek(at + 1) is (byte)'+' or (byte)'-' ? at + 2 : at + 1);
        }

        // "0xF1" and "0.1.2" are no two tokens: a number may not touch a name or a dot ("Int Value", "Float Value").
        if (Peek(at) is (byte)'.' || IsNameStart(Peek(at)))
        {
            throw Fail($"A number cannot be followed by {Shown(at)}.", at);
        }
        Accept(kind, at);
    }

    private readonly int ReadDigits(int at)
    {
        if (!IsDigit(Peek(at))) throw Fail($"Expected a digit but found {Shown(at)}.", at);
        while (IsDigit(Peek(at))) at++;
        return at;
    }

    private void ReadString(int at)
    {
        if (text[at..].StartsWith("\"\"\""u8))
        {
            StringValue = BlockString.Read(text, at, out var end) ?? throw FailIn("The string is not terminated.", end);
            Accept(TokenKind.BlockString, end);
            return;
        }

        var length = text[(at + 1)..].IndexOfAny("\"\\\r\n"u8);
        var stop = length < 0 ? text.Length : at + 1 + length;
        if (stop < text.Length && text[stop] is (byte)'"')
        {
            StringValue = length == 0 ? "" : Encoding.UTF8.GetString(text.Slice(at + 1, length));
            Accept(TokenKind.StringValue, stop + 1);
            return;
        }

        var escapes = new EscapedString(text);
        StringValue = escapes.Read(at + 1, out var after);
        if (StringValue is null) throw FailIn(escapes.Error, after);
        Accept(TokenKind.StringValue, after);
    }

    private void Accept(TokenKind kind, int end)
    {
        Kind = kind;
        End = end;
    }

    private readonly byte Peek(int at) => at < text.Length ? text[at] : (byte)0;

    private static bool IsDigit(byte value) => value is >= (byte)'0' and <= (byte)'9';

    private static bool IsNameStart(byte value) =>
        (uint)((value | 0x20) - 'a') <= 'z' - 'a' || value is (byte)'_';

    private readonly SyntaxException Unexpected(int at) => text[at] is (byte)'\''
        ? Fail("Unexpected single quote; strings stand between double quotes.", at)
        : Fail($"Unexpected character: {Shown(at)}.", at);

    private readonly string Shown(int at)
    {
        if (at >= text.Length) return "end of text";
        if (at >= invalidFrom || Rune.DecodeFromUtf8(text[at..], out var rune, out _) is not OperationStatus.Done)
        {
            return "a byte that is not UTF-8";
        }

        return rune.Value is '"' ? "'\"'" : rune.Value is > 0x20 and < 0x7F ? $"\"{rune}\"" : $"U+{rune.Value:X4}";
    }

    // Bytes that are no text come before whatever is wrong behind them.
    private readonly SyntaxException FailIn(string message, int at) =>
        at > invalidFrom ? Fail("The document is not valid UTF-8.", invalidFrom) : Fail(message, at);

    private readonly SyntaxException Fail(string message, int at) =>
        new(message, new Location(source, at, at), SyntaxException.SyntaxError);

    private readonly SyntaxException TooManyTokens(int at) => new(
        $"The document has more than {maxTokens} tokens; that is the limit.",
        new Location(source, at, at),
        LimitCode.Parser,
        new PassedLimit("tokens", maxTokens, tokens));

    private static int FirstInvalidByte(ReadOnlySpan<byte> text)
    {
        if (Utf8.IsValid(text)) return int.MaxValue;

        var at = 0;
        while (Rune.DecodeFromUtf8(text[at..], out _, out var length) is OperationStatus.Done) at += length;
        return at;
    }
}
