namespace K12Hub.GraphQL.Language;

/// <summary>The lexical tokens ("Lexical Tokens"), punctuators one by one.</summary>
internal enum TokenKind : byte
{
    EndOfText,
    Bang,
    Dollar,
    Ampersand,
    OpenParenthesis,
    CloseParenthesis,
    Spread,
    Colon,
    EqualsSign,
    At,
    OpenBracket,
    CloseBracket,
    OpenBrace,
    Pipe,
    CloseBrace,
    Name,
    IntValue,
    FloatValue,
    StringValue,
    BlockString,
}

internal static class TokenKinds
{
    /// <summary>The token as a message shows it.</summary>
    public static string Describe(this TokenKind kind) => kind switch
    {
        TokenKind.EndOfText => "end of text",
        TokenKind.Bang => "\"!\"",
        TokenKind.Dollar => "\"$\"",
        TokenKind.Ampersand => "\"&\"",
        TokenKind.OpenParenthesis => "\"(\"",
        TokenKind.CloseParenthesis => "\")\"",
        TokenKind.Spread => "\"...\"",
        TokenKind.Colon => "\":\"",
        TokenKind.EqualsSign => "\"=\"",
        TokenKind.At => "\"@\"",
        TokenKind.OpenBracket => "\"[\"",
        TokenKind.CloseBracket => "\"]\"",
        TokenKind.OpenBrace => "\"{\"",
        TokenKind.Pipe => "\"|\"",
        TokenKind.CloseBrace => "\"}\"",
        TokenKind.Name => "a name",
        TokenKind.IntValue or TokenKind.FloatValue => "a number",
        _ => "a string",
    };
}
