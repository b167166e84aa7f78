using K12Hub.Generators.Model;
using Microsoft.CodeAnalysis;

namespace K12Hub.Generators.Reading;

/// <summary>Reads an enum.</summary>
internal static class EnumReader
{
    public static EnumModel Read(ITypeSymbol type, RowModel name) => new(
        name,
        Documentation.Of(type),
        type.GetMembers().OfType<IFieldSymbol>()
            .Where(value => value.HasConstantValue && !Names.Has(value, "GraphQLIgnore"))
            .Select(value => new EnumValueModel(
                Names.OfEnumValue(value), value.Name, Documentation.Of(value), Names.Deprecation(value)))
            .ToItems());
}
