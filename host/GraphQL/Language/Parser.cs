using System.Diagnostics.CodeAnalysis;

namespace K12Hub.GraphQL.Language;

/// <summary>Reads GraphQL text into a syntax tree (2). Reading stops at the first fault.</summary>
public static class Parser
{
    /// <summary>Reads a document.</summary>
    /// <exception cref="SyntaxException">The text is no GraphQL, or exceeds a limit.</exception>
    public static DocumentNode Parse(Source source, ParserLimits? limits = null)
    {
        var reader = new SyntaxReader(source, limits ?? ParserLimits.Default);
        return reader.Document();
    }

    /// <summary>Reads a document.</summary>
    /// <exception cref="SyntaxException">The text is no GraphQL, or exceeds a limit.</exception>
    public static DocumentNode Parse(string text, ParserLimits? limits = null) => Parse(new Source(text), limits);

    /// <summary>Reads a document of a stranger, for whom a fault is no surprise.</summary>
    public static bool TryParse(
        Source source,
        ParserLimits limits,
        [NotNullWhen(true)] out DocumentNode? document,
        [NotNullWhen(false)] out SyntaxException? fault)
    {
        try
        {
            (document, fault) = (Parse(source, limits), null);
            return true;
        }
        catch (SyntaxException found)
        {
            (document, fault) = (null, found);
            return false;
        }
    }

    /// <summary>Reads a constant value, "[1, 2]" for instance.</summary>
    /// <exception cref="SyntaxException">The text is no value.</exception>
    public static ValueNode ParseValue(string text)
    {
        var reader = new SyntaxReader(new Source(text, "GraphQL value"), ParserLimits.Trusted);
        var value = reader.Value(isConstant: true);
        reader.ExpectEnd();
        return value;
    }

    /// <summary>Reads a type reference, "[ID!]!" for instance.</summary>
    /// <exception cref="SyntaxException">The text is no type reference.</exception>
    public static TypeNode ParseType(string text)
    {
        var reader = new SyntaxReader(new Source(text, "GraphQL type"), ParserLimits.Trusted);
        var type = reader.Type();
        reader.ExpectEnd();
        return type;
    }
}
