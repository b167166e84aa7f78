using System.Text;

namespace K12Hub.GraphQL.Language;

/// <summary>Removes what the grammar ignores ("Ignored Tokens"), so that texts that mean the same have the same
/// hash.</summary>
public static class IgnoredCharacters
{
    /// <summary>The text without comments, commas and needless space; block strings in their shortest form.</summary>
    /// <exception cref="SyntaxException">The text has something that is no token.</exception>
    public static string Strip(Source source)
    {
        var lexer = new Lexer(source, ParserLimits.Trusted);
        var output = new StringBuilder(source.Utf8.Length);
        var afterWord = false;
        for (lexer.Next(); lexer.Kind is not TokenKind.EndOfText; lexer.Next())
        {
            // Two words would run together, and a number must not touch the dots of a spread.
            var isWord = lexer.Kind >= TokenKind.Name;
            if (afterWord && (isWord || lexer.Kind is TokenKind.Spread)) output.Append(' ');
            afterWord = isWord;
            if (lexer.Kind is TokenKind.BlockString) BlockString.Print(output, lexer.StringValue!, minimize: true);
            else output.Append(Encoding.UTF8.GetString(lexer.Bytes));
        }

        return output.ToString();
    }
}
