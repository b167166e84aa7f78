using System.Xml;
using System.Xml.Linq;
using Microsoft.CodeAnalysis;

namespace K12Hub.Generators.Reading;

/// <summary>Descriptions: the summary of XML documentation, in one paragraph of Markdown.</summary>
internal static class Documentation
{
    private static readonly char[] Blank = [' ', '\t', '\r', '\n'];

    public static string? Of(ISymbol symbol) =>
        Names.Attribute(symbol, "GraphQLDescription")?.ConstructorArguments[0].Value as string
        ?? Summary(symbol)
        ?? OfPositional(symbol);

    public static string? OfParameter(IParameterSymbol parameter) =>
        Names.Attribute(parameter, "GraphQLDescription")?.ConstructorArguments[0].Value as string
        ?? Parameter(parameter.ContainingSymbol, parameter.Name);

    private static string? Summary(ISymbol symbol)
    {
        if (Parse(symbol) is not { } root)
        {
            return null;
        }

        var inherits = root.Descendants("inheritdoc").Any();
        return inherits && Base(symbol) is { } inherited ? Summary(inherited) : Text(root.Element("summary"));
    }

    /// <summary>A property of a positional record is documented at the record.</summary>
    private static string? OfPositional(ISymbol symbol) =>
        symbol is IPropertySymbol { ContainingType: { IsRecord: true } record } ? Parameter(record, symbol.Name) : null;

    private static string? Parameter(ISymbol symbol, string name) => Text(
        Parse(symbol)?.Elements("param").FirstOrDefault(param => (string?)param.Attribute("name") == name));

    private static ISymbol? Base(ISymbol symbol) => symbol switch
    {
        IPropertySymbol { OverriddenProperty: { } overridden } => overridden,
        IPropertySymbol property => property.ContainingType.AllInterfaces
            .SelectMany(type => type.GetMembers(property.Name))
            .FirstOrDefault(member => SymbolEqualityComparer.Default.Equals(
                property.ContainingType.FindImplementationForInterfaceMember(member), property)),
        _ => null,
    };

    private static XElement? Parse(ISymbol symbol)
    {
        var xml = symbol.GetDocumentationCommentXml();
        try
        {
            return string.IsNullOrWhiteSpace(xml) ? null : XElement.Parse(xml);
        }
        catch (XmlException)
        {
            return null;
        }
    }

    private static string? Text(XElement? element)
    {
        if (element is null)
        {
            return null;
        }

        var text = string.Concat(element.Nodes().Select(Markdown));
        text = string.Join(" ", text.Split(Blank, StringSplitOptions.RemoveEmptyEntries));
        return text.Length == 0 ? null : text;
    }

    private static string Markdown(XNode node) => node switch
    {
        XText text => text.Value,
        XElement { Name.LocalName: "c" } code => $"`{code.Value}`",
        XElement element when Reference(element) is { } name => $"`{name}`",
        XElement element => string.Concat(element.Nodes().Select(Markdown)),
        _ => "",
    };

    /// <summary>The bare name a <c>see</c> or <c>paramref</c> points to.</summary>
    private static string? Reference(XElement element)
    {
        var target = (string?)element.Attribute("cref") ?? (string?)element.Attribute("langword")
            ?? (string?)element.Attribute("name");
        return target?.Split('(')[0].Split('.', ':').Last();
    }
}
