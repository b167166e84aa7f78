using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace K12Hub.Generators.Reading;

/// <summary>Reads <c>[Cost]</c> and <c>[ListSize]</c>.</summary>
internal static class CostReader
{
    /// <summary>What one batch of a loader costs, however many objects ask for it.</summary>
    private const double Batched = 1;

    /// <summary>What a field costs that asks somebody on its own account.</summary>
    private const double OwnQuery = 10;

    private static readonly string[] Numbers = ["AssumedSize", "SlicingArgumentDefaultValue"];
    private static readonly string[] Lists = ["SlicingArguments", "SizedFields"];

    public static double? Of(ISymbol symbol) =>
        Names.Attribute(symbol, "Cost")?.ConstructorArguments.FirstOrDefault().Value as double?;

    public static double? OfMethod(IMethodSymbol method, bool isAsync) => Of(method)
        ?? (method.Parameters.Any(IsLoader) ? Batched : isAsync ? OwnQuery : null);

    /// <summary>The properties to set, as C#; null without the attribute.</summary>
    public static string? ListSize(ISymbol symbol)
    {
        if (Names.Attribute(symbol, "ListSize") is not { } attribute)
        {
            return null;
        }

        var settings = attribute.NamedArguments.ToDictionary(given => given.Key, given => given.Value);
        var properties = Numbers
            .Where(name => settings.TryGetValue(name, out var size) && size.Value is int and > 0)
            .Select(name => $"{name} = {Convert.ToString(settings[name].Value, CultureInfo.InvariantCulture)}")
            .Concat(Lists
                .Where(settings.ContainsKey)
                .Select(name => $"{name} = [{List(settings[name])}]"));
        var isOneRequired = settings.ContainsKey("SlicingArguments")
            && (!settings.TryGetValue("RequireOneSlicingArgument", out var required) || required.Value is true);
        return string.Join(", ", properties.Concat(isOneRequired ? ["RequireOneSlicingArgument = true"] : []));
    }

    private static bool IsLoader(IParameterSymbol parameter) =>
        parameter.Type.Name.EndsWith("DataLoader", StringComparison.Ordinal);

    private static string List(TypedConstant names) => string.Join(
        ", ", names.Values.Select(name => SymbolDisplay.FormatLiteral((string)name.Value!, quote: true)));
}
