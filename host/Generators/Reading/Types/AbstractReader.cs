using K12Hub.Generators.Model;
using Microsoft.CodeAnalysis;

namespace K12Hub.Generators.Reading;

/// <summary>Reads C# interfaces and abstract records that are interfaces or unions of the schema.</summary>
internal static class AbstractReader
{
    /// <summary>Whether the schema has it as interface or union.</summary>
    public static bool Is(ITypeSymbol type) => IsInterface(type) || IsUnion(type);

    /// <summary>The schema names of the interfaces a row implements; they are added to what is referred to.</summary>
    public static IEnumerable<string> Interfaces(INamedTypeSymbol row, ReadingContext reading)
    {
        foreach (var type in Above(row).Where(IsInterface))
        {
            Add(type, reading);
            yield return Names.OfType(type);
        }
    }

    /// <summary>The unions a row is a member of.</summary>
    public static IEnumerable<RowModel> Unions(INamedTypeSymbol row) =>
        Above(row).Where(IsUnion).Select(TypeReader.Row);

    /// <summary>Guarded objects must not be found by a way that says nothing about who may.</summary>
    public static void CheckAccess(
        INamedTypeSymbol at, INamedTypeSymbol row, AccessModel access, ReadingContext reading)
    {
        foreach (var open in Above(row).Where(type => access.Policy is not null && Is(type)))
        {
            if (AccessReader.Of(open).IsSilent) reading.Report(Rules.AbstractAccess, at, row.Name, open.Name);
        }
    }

    /// <summary>Notes that somebody refers to the type.</summary>
    public static void Add(INamedTypeSymbol type, ReadingContext reading) =>
        reading.Uses(TypeReader.CSharp(type), () => Read(type, reading));

    private static AbstractModel Read(INamedTypeSymbol type, ReadingContext reading)
    {
        var fields = IsUnion(type)
            ? Items<FieldModel>.None
            : new RowReader(type, isNode: false, reading).Fields(new HashSet<string>()).ToItems();
        return new AbstractModel(TypeReader.Row(type), IsUnion(type), Documentation.Of(type), fields)
        {
            Access = AccessReader.Of(type),
            Interfaces = Interfaces(type, reading).ToItems(),
        };
    }

    private static IEnumerable<INamedTypeSymbol> Above(INamedTypeSymbol type)
    {
        for (var parent = type.BaseType; parent is not null; parent = parent.BaseType)
        {
            yield return parent;
        }

        foreach (var parent in type.AllInterfaces)
        {
            yield return parent;
        }
    }

    private static bool IsInterface(ITypeSymbol type) => Names.Has(type, "InterfaceType");

    private static bool IsUnion(ITypeSymbol type) => Names.Has(type, "UnionType");
}
