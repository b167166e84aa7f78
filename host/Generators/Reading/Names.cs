using System.Text;
using Microsoft.CodeAnalysis;

namespace K12Hub.Generators.Reading;

/// <summary>How names in C# become names in the schema.</summary>
internal static class Names
{
    private const string Namespace = "K12Hub.GraphQL";

    public static string OfType(ITypeSymbol type) => Given(type)
        ?? Text(type, "InterfaceType") ?? Text(type, "UnionType")
        ?? Without(type.TypeKind is TypeKind.Interface ? WithoutI(type.Name) : type.Name, "Row");

    public static string OfMember(ISymbol member) => Given(member) ?? CamelCase(member.Name);

    public static string OfMethod(IMethodSymbol method) => Given(method) ?? CamelCase(Bare(method.Name));

    public static string OfEnumValue(IFieldSymbol value) => Given(value) ?? UpperCase(value.Name);

    /// <summary>A method's name without Get and Async.</summary>
    public static string Bare(string method)
    {
        method = Without(method, "Async");
        return method.StartsWith("Get", StringComparison.Ordinal) && method.Length > 3 && char.IsUpper(method[3])
            ? method.Substring(3)
            : method;
    }

    public static string CamelCase(string name)
    {
        var upper = name.TakeWhile(char.IsUpper).Count();

        // An abbreviation goes down as a whole: URLPath becomes urlPath.
        var lowered = upper <= 1 || upper == name.Length ? upper : upper - 1;
        return name.Substring(0, lowered).ToLowerInvariant() + name.Substring(lowered);
    }

    public static string PascalCase(string name) => char.ToUpperInvariant(name[0]) + name.Substring(1);

    public static AttributeData? Attribute(ISymbol symbol, string name) => symbol.GetAttributes().FirstOrDefault(
        attribute => attribute.AttributeClass is { } type
            && type.Name == name + "Attribute"
            && type.ContainingNamespace.ToDisplayString() == Namespace);

    public static bool Has(ISymbol symbol, string name) => Attribute(symbol, name) is not null;

    public static T? Setting<T>(AttributeData attribute, string name) =>
        attribute.NamedArguments.FirstOrDefault(argument => argument.Key == name).Value.Value is T value
            ? value
            : default;

    /// <summary>Whether a setting that is on by itself was switched off.</summary>
    public static bool IsOff(AttributeData attribute, string name) =>
        attribute.NamedArguments.Any(argument => argument.Key == name && argument.Value.Value is false);

    /// <summary>What <c>[GraphQLDeprecated]</c> or C#'s own <c>[Obsolete]</c> says.</summary>
    public static string? Deprecation(ISymbol symbol) => Text(symbol, "GraphQLDeprecated")
        ?? symbol.GetAttributes()
            .Where(attribute => attribute.AttributeClass?.ToDisplayString() == "System.ObsoleteAttribute")
            .Select(attribute => attribute.ConstructorArguments.FirstOrDefault().Value as string ?? "Do not use.")
            .FirstOrDefault();

    private static string? Given(ISymbol symbol) => Text(symbol, "GraphQLName");

    private static string? Text(ISymbol symbol, string attribute) =>
        Attribute(symbol, attribute)?.ConstructorArguments.FirstOrDefault().Value as string;

    private static string WithoutI(string name) =>
        name.Length > 1 && name[0] == 'I' && char.IsUpper(name[1]) ? name.Substring(1) : name;

    private static string Without(string name, string suffix) =>
        name.EndsWith(suffix, StringComparison.Ordinal) && name.Length > suffix.Length
            ? name.Substring(0, name.Length - suffix.Length)
            : name;

    private static string UpperCase(string name)
    {
        var text = new StringBuilder();
        for (var i = 0; i < name.Length; i++)
        {
            var starts = i > 0 && char.IsUpper(name[i])
                && (!char.IsUpper(name[i - 1]) || (i + 1 < name.Length && char.IsLower(name[i + 1])));
            text.Append(starts ? "_" : "").Append(char.ToUpperInvariant(name[i]));
        }

        return text.ToString();
    }
}
