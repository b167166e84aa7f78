using K12Hub.Generators.Model;
using Microsoft.CodeAnalysis;
using TypeKind = K12Hub.Generators.Model.TypeKind;

namespace K12Hub.Generators.Reading;

/// <summary>Which scalar a plain C# type is: the usual one, or the one an attribute asks for.</summary>
internal static class ScalarReader
{
    /// <summary>What <c>[GraphQLType]</c> may make of a type besides its usual form and ID.</summary>
    private static readonly Dictionary<string, string[]> OtherForms = new()
    {
        ["global::System.Guid"] = ["String"],
        ["int"] = ["Long", "Float"],
        ["short"] = ["Long", "Float"],
        ["byte"] = ["Long", "Float"],
        ["long"] = ["Float", "Decimal"],
        ["decimal"] = ["Float"],
    };

    private static readonly HashSet<string> Keys =
        ["string", "int", "long", "global::System.Guid"];

    public static TypeModel? Read(
        string csharp, string scalar, bool isNullable, ITypeSymbol type, ISymbol at, ReadingContext reading)
    {
        var asked = Asked(at);
        var usual = new TypeModel(TypeKind.Scalar, csharp, scalar, isNullable, type.IsValueType);
        if (Names.Attribute(at, "ID") is { } id)
        {
            return Id(usual, Owner(id));
        }

        if (asked is null || asked == scalar)
        {
            return usual;
        }

        if (asked == "ID" && Keys.Contains(csharp))
        {
            return Id(usual, null);
        }

        // What an argument would have to be turned back from is only for what is answered.
        if (at is not IParameterSymbol && OtherForms.TryGetValue(csharp, out var forms) && forms.Contains(asked))
        {
            return usual with { GraphQL = asked };
        }

        reading.Report(Rules.SchemaType, at, at.Name, csharp.Replace("global::", ""), asked);
        return usual;
    }

    /// <summary>A struct around one property Value and called after what it identifies: <c>StudentId</c>.</summary>
    public static TypeModel? TypedId(ITypeSymbol type, bool isNullable, ISymbol at)
    {
        if (!type.IsValueType || type.Name.Length < 3 || !type.Name.EndsWith("Id", StringComparison.Ordinal)
            || Value(type) is not { } value || !Keys.Contains(TypeReader.CSharp(value.Type)))
        {
            return null;
        }

        var owner = Names.Attribute(at, "ID") is { } id ? Owner(id) : null;
        return new TypeModel(TypeKind.Id, TypeReader.CSharp(type), "ID", isNullable, true)
        {
            IdOf = owner ?? type.Name.Substring(0, type.Name.Length - 2),
            Wrapped = TypeReader.CSharp(value.Type),
        };
    }

    private static IPropertySymbol? Value(ITypeSymbol type)
    {
        var properties = type.GetMembers().OfType<IPropertySymbol>()
            .Where(p => !p.IsStatic && p.DeclaredAccessibility is Accessibility.Public)
            .ToArray();
        return properties.Length == 1 && properties[0].Name == "Value" ? properties[0] : null;
    }

    private static TypeModel Id(TypeModel usual, string? owner) =>
        usual with { Kind = TypeKind.Id, GraphQL = "ID", IdOf = owner };

    private static string? Owner(AttributeData id) => id.AttributeClass!.TypeArguments.FirstOrDefault() is { } row
        ? Names.OfType(row)
        : id.ConstructorArguments.FirstOrDefault().Value as string;

    private static string? Asked(ISymbol at) =>
        Names.Attribute(at, "GraphQLType")?.AttributeClass!.TypeArguments.FirstOrDefault()?.Name switch
        {
            null => null,
            "IdType" => "ID",
            var name => name.Substring(0, name.Length - "Type".Length),
        };
}
