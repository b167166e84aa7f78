using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace K12Hub.GraphQL.Language;

/// <summary>
/// Recursive descent over the tokens, one method per production of the grammar. This part holds what the others share:
/// expecting tokens, lists, and the count of nested constructs, which keeps hostile texts from overflowing the stack.
/// </summary>
internal ref partial struct SyntaxReader
{
    private readonly Source source;
    private readonly ParserLimits limits;
    private Lexer lexer;
    private NameTable names = new();
    private SyntaxNode[] pending = new SyntaxNode[16];
    private int pendingCount;
    private int depth;
    private int lastEnd;

    public SyntaxReader(Source source, ParserLimits limits)
    {
        this.source = source;
        this.limits = limits;
        lexer = new Lexer(source, limits);
        lexer.Next();
    }

    public void ExpectEnd()
    {
        if (lexer.Kind is not TokenKind.EndOfText) throw Unexpected();
    }

    private delegate T Production<out T>(ref SyntaxReader reader);

    private void Advance()
    {
        lastEnd = lexer.End;
        lexer.Next();
    }

    private readonly bool At(TokenKind kind) => lexer.Kind == kind;

    private readonly bool At(ReadOnlySpan<byte> keyword) =>
        lexer.Kind is TokenKind.Name && lexer.Bytes.SequenceEqual(keyword);

    private readonly bool AtString => lexer.Kind is TokenKind.StringValue or TokenKind.BlockString;

    private bool Skip(TokenKind kind)
    {
        if (!At(kind)) return false;
        Advance();
        return true;
    }

    private bool Skip(ReadOnlySpan<byte> keyword)
    {
        if (!At(keyword)) return false;
        Advance();
        return true;
    }

    private void Expect(TokenKind kind)
    {
        if (!Skip(kind)) throw Fail($"Expected {kind.Describe()}, found {Found()}.");
    }

    private void Expect(ReadOnlySpan<byte> keyword)
    {
        if (!Skip(keyword)) throw Fail($"Expected \"{Encoding.UTF8.GetString(keyword)}\", found {Found()}.");
    }

    private NameNode Name()
    {
        if (!At(TokenKind.Name)) throw Fail($"Expected a name, found {Found()}.");
        var name = new NameNode(names.Get(lexer.Bytes), new Location(source, lexer.Start, lexer.End));
        Advance();
        return name;
    }

    private readonly Location From(int start) => new(source, start, lastEnd);

    /// <summary>One or more items between two tokens.</summary>
    private ImmutableArray<T> Many<T>(TokenKind open, Production<T> item, TokenKind close) where T : SyntaxNode
    {
        Expect(open);
        var mark = pendingCount;
        do Keep(item(ref this));
        while (!Skip(close));
        return Take<T>(mark);
    }

    /// <summary>Nothing, or one or more items between two tokens.</summary>
    private ImmutableArray<T> OptionalMany<T>(TokenKind open, Production<T> item, TokenKind close)
        where T : SyntaxNode => At(open) ? Many(open, item, close) : [];

    /// <summary>Zero or more items between two tokens.</summary>
    private ImmutableArray<T> Any<T>(TokenKind open, Production<T> item, TokenKind close) where T : SyntaxNode
    {
        Expect(open);
        var mark = pendingCount;
        while (!Skip(close)) Keep(item(ref this));
        return Take<T>(mark);
    }

    /// <summary>One or more items with a token between them, and optionally before the first.</summary>
    private ImmutableArray<T> Separated<T>(TokenKind separator, Production<T> item) where T : SyntaxNode
    {
        Skip(separator);
        var mark = pendingCount;
        do Keep(item(ref this));
        while (Skip(separator));
        return Take<T>(mark);
    }

    // Lists grow on one shared stack and are copied out at their exact size.
    private void Keep(SyntaxNode node)
    {
        if (pendingCount == pending.Length) Array.Resize(ref pending, pending.Length * 2);
        pending[pendingCount++] = node;
    }

    private ImmutableArray<T> Take<T>(int mark) where T : SyntaxNode
    {
        if (pendingCount == mark) return [];

        var items = new T[pendingCount - mark];
        for (var i = 0; i < items.Length; i++) items[i] = Unsafe.As<T>(pending[mark + i]);
        pendingCount = mark;
        return ImmutableCollectionsMarshal.AsImmutableArray(items);
    }

    private void Enter()
    {
        if (++depth <= limits.MaxDepth) return;
        throw LimitExceeded(
            $"The document nests deeper than {limits.MaxDepth} levels; that is the limit.",
            new PassedLimit("depth", limits.MaxDepth, depth));
    }

    private void Leave() => depth--;

    private readonly string Found() => lexer.Kind switch
    {
        TokenKind.Name => $"name \"{Encoding.UTF8.GetString(lexer.Bytes)}\"",
        TokenKind.IntValue or TokenKind.FloatValue => $"number {Encoding.UTF8.GetString(lexer.Bytes)}",
        var kind => kind.Describe(),
    };

    private readonly SyntaxException Unexpected() => Fail($"Unexpected {Found()}.");

    private readonly SyntaxException Fail(string message) => Fail(message, lexer.Start);

    private readonly SyntaxException Fail(string message, int at) =>
        new(message, new Location(source, at, at), SyntaxException.SyntaxError);

    private readonly SyntaxException LimitExceeded(string message, PassedLimit passed) =>
        new(message, new Location(source, lexer.Start, lexer.Start), LimitCode.Parser, passed);
}
