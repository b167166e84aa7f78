using System.Xml;
using System.Xml.Linq;
using Microsoft.CodeAnalysis;

namespace K12Hub.Generators.Reading;

/// <summary>Descriptions: the summary of XML documentation, in one paragraph of Markdown.</summary>
internal static class Documentation
{
    /// <summary>Two members may say that they inherit from each other.</summary>
    private const int DeepestInheritance = 8;

    private static readonly char[] Blank = [' ', '\t', '\r', '\n'];

    public static string? Of(ISymbol symbol) =>
        Names.Attribute(symbol, "GraphQLDescription")?.ConstructorArguments[0].Value as string
        ?? Summary(symbol)
        ?? OfPositional(symbol);

    public static string? OfParameter(IParameterSymbol parameter) =>
        Names.Attribute(parameter, "GraphQLDescription")?.ConstructorArguments[0].Value as string
        ?? Parameter(parameter.ContainingSymbol, parameter.Name);

    private static string? Summary(ISymbol symbol, int depth = 0)
    {
        if (depth > DeepestInheritance || Parse(symbol) is not { } root)
        {
            return null;
        }

        return root.Descendants("inheritdoc").FirstOrDefault() is { } inherit
            && InheritedDocumentation.Source(symbol, (string?)inherit.Attribute("cref")) is { } source
                ? Summary(source, depth + 1)
                : Text(root.Element("summary"));
    }

    /// <summary>A property of a positional record is documented at the record.</summary>
    private static string? OfPositional(ISymbol symbol) =>
        symbol is IPropertySymbol { ContainingType: { IsRecord: true } record } ? Parameter(record, symbol.Name) : null;

    private static string? Parameter(ISymbol symbol, string name, int depth = 0)
    {
        var root = Parse(symbol);
        var own = Text(root?.Elements("param").FirstOrDefault(p => (string?)p.Attribute("name") == name));
        return own is null && depth < DeepestInheritance
            && root?.Descendants("inheritdoc").FirstOrDefault() is { } inherit
            && InheritedDocumentation.Source(symbol, (string?)inherit.Attribute("cref")) is { } source
                ? Parameter(source, name, depth + 1)
                : own;
    }

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
