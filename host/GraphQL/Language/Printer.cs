namespace K12Hub.GraphQL.Language;

/// <summary>
/// Writes syntax as GraphQL text: two spaces per level, lists broken where a line would pass 80 columns.
/// </summary>
public static class Printer
{
    /// <summary>The node as text; reading it again gives the same tree.</summary>
    public static string Print(SyntaxNode node) => node switch
    {
        ValueNode value => ValuePrinter.Print(value),
        TypeNode type => PrintType(type),
        _ => new SyntaxWriter().Write(node).ToString(),
    };

    internal static string PrintType(TypeNode type) => type switch
    {
        ListTypeNode list => $"[{PrintType(list.Type)}]",
        NonNullTypeNode nonNull => $"{PrintType(nonNull.Type)}!",
        _ => ((NamedTypeNode)type).Name.Value,
    };
}
