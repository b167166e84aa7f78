using K12Hub.Generators.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using TypeKind = K12Hub.Generators.Model.TypeKind;

namespace K12Hub.Generators.Reading;

/// <summary>Reads the properties of a row.</summary>
internal sealed class RowReader(INamedTypeSymbol row, bool isNode, ReadingContext reading)
{
    private readonly IPropertySymbol[] properties = [.. Properties(row)];

    /// <summary>The fields that are properties.</summary>
    public IEnumerable<FieldModel> Fields(ISet<string> replaced) => properties
        .Where(property => !replaced.Contains(property.Name) && !Names.Has(property, "GraphQLIgnore"))
        .Select(Field)
        .OfType<FieldModel>();

    public IEnumerable<FilterModel> Filters() => Marked("Filterable").Select(property =>
        TypeOf(property) is { IsLeaf: true, Kind: not TypeKind.List, Wrapped: null } type
            ? new FilterModel(Names.OfMember(property), property.Name, type, Documentation.Of(property))
            : NotComparable<FilterModel>(property)).OfType<FilterModel>();

    /// <summary>Enums are left out: whether they are stored as text or as numbers decides their order.</summary>
    public IEnumerable<SortModel> Sorts() => Marked("Sortable").Select(property =>
        TypeOf(property) is { IsLeaf: true, Kind: TypeKind.Scalar or TypeKind.Id, Wrapped: null }
            ? new SortModel(Names.OfMember(property), property.Name, Documentation.Of(property))
            : NotComparable<SortModel>(property)).OfType<SortModel>();

    public bool Has(string property) => properties.Any(p => p.Name == property);

    /// <summary>The stored properties behind properties: a computed one is replaced by those it reads.</summary>
    public Items<string> Stored(IEnumerable<string> names) => names
        .SelectMany(name => properties.FirstOrDefault(p => p.Name == name) is { } property && IsComputed(property)
            ? (IEnumerable<string>)Stored(ReadBy(property))
            : [name])
        .Distinct()
        .ToItems();

    private FieldModel? Field(IPropertySymbol property)
    {
        if (TypeOf(property) is not { } type)
        {
            reading.Report(Rules.UnknownType, property, property.Name, property.Type.ToDisplayString());
            return null;
        }

        return new FieldModel(Names.OfMember(property), property.Name, type)
        {
            IsProperty = true,
            Description = Documentation.Of(property),
            Deprecation = Names.Deprecation(property),
            Access = AccessReader.Of(property),
            Columns = Stored([property.Name]),
            Cost = CostReader.Of(property),
            ListSize = CostReader.ListSize(property),
        };
    }

    private TypeModel? TypeOf(IPropertySymbol property)
    {
        var type = TypeReader.Output(property.Type, property, reading);
        return isNode && property.Name == "Id" && type is { Kind: TypeKind.Scalar }
            ? type with { Kind = TypeKind.Id, GraphQL = "ID", IdOf = Names.OfType(row) }
            : type;
    }

    private IEnumerable<IPropertySymbol> Marked(string attribute)
    {
        foreach (var property in properties.Where(property => Names.Has(property, attribute)))
        {
            if (Names.Has(property, "Authorize"))
            {
                reading.Report(Rules.GuardedProperty, property, property.Name);
            }

            yield return property;
        }
    }

    private T? NotComparable<T>(IPropertySymbol property)
        where T : class
    {
        reading.Report(Rules.NotComparable, property, property.Name, property.Type.ToDisplayString());
        return null;
    }

    /// <summary>Without setter, and not given to the constructor of a positional record.</summary>
    private static bool IsComputed(IPropertySymbol property) => property.SetMethod is null
        && property.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax() is PropertyDeclarationSyntax;

    private string[] ReadBy(IPropertySymbol property) =>
        [.. property.DeclaringSyntaxReferences[0].GetSyntax().DescendantNodes()
            .OfType<IdentifierNameSyntax>()
            .Select(name => name.Identifier.ValueText)
            .Where(name => name != property.Name && Has(name))
            .Distinct()];

    private static IEnumerable<IPropertySymbol> Properties(INamedTypeSymbol type)
    {
        var inherited = type.TypeKind is Microsoft.CodeAnalysis.TypeKind.Interface
            ? type.AllInterfaces.SelectMany(Properties)
            : type.BaseType is { SpecialType: not SpecialType.System_Object } parent ? Properties(parent) : [];
        return inherited.Concat(type.GetMembers().OfType<IPropertySymbol>().Where(property => property is
        {
            DeclaredAccessibility: Accessibility.Public,
            IsStatic: false,
            IsIndexer: false,
            GetMethod: not null,
        }));
    }
}
