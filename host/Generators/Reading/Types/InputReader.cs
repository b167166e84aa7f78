using K12Hub.Generators.Model;
using Microsoft.CodeAnalysis;

namespace K12Hub.Generators.Reading;

/// <summary>Reads an input object: a class or record whose name ends in Input.</summary>
internal static class InputReader
{
    public static InputModel Read(INamedTypeSymbol type, RowModel name, ReadingContext reading)
    {
        var positional = type.IsRecord
            ? type.InstanceConstructors.FirstOrDefault(c => c.Parameters.Length > 0 && !IsCopy(c, type))
            : null;
        var properties = type.GetMembers().OfType<IPropertySymbol>()
            .Where(p => p.DeclaredAccessibility is Accessibility.Public && p.SetMethod is not null)
            .Where(p => !p.IsStatic && !Names.Has(p, "GraphQLIgnore"));

        var isOneOf = Names.Has(type, "OneOf");
        var fields = properties.Select(property => Field(property, isOneOf, reading)).OfType<ParameterModel>();
        return new InputModel(name, Documentation.Of(type), positional is not null, fields.ToItems())
        {
            IsOneOf = isOneOf,
        };
    }

    private static ParameterModel? Field(IPropertySymbol property, bool isOneOf, ReadingContext reading)
    {
        if (TypeReader.Input(property.Type, property, reading) is not { } type)
        {
            reading.Report(Rules.UnknownType, property, property.ToDisplayString(), property.Type.ToDisplayString());
            return null;
        }

        if (isOneOf && !type.IsNullable)
        {
            reading.Report(Rules.OneOfNullable, property, property.ContainingType.Name, property.Name);
        }

        return new ParameterModel(ParameterKind.Argument, Names.OfMember(property), property.Name)
        {
            Type = type,
            Description = Documentation.Of(property),
            Deprecation = Names.Deprecation(property),
            Cost = CostReader.Of(property),
        };
    }

    private static bool IsCopy(IMethodSymbol constructor, INamedTypeSymbol type) =>
        constructor.Parameters.Length == 1
        && SymbolEqualityComparer.Default.Equals(constructor.Parameters[0].Type, type);
}
