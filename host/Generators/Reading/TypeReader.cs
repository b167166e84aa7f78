using K12Hub.Generators.Model;
using Microsoft.CodeAnalysis;
using TypeKind = K12Hub.Generators.Model.TypeKind;

namespace K12Hub.Generators.Reading;

/// <summary>What a C# type is in the schema.</summary>
internal static class TypeReader
{
    private static readonly SymbolDisplayFormat Format = SymbolDisplayFormat.FullyQualifiedFormat
        .AddMiscellaneousOptions(SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier);

    private static readonly Dictionary<string, string> Scalars = new()
    {
        ["string"] = "String",
        ["bool"] = "Boolean",
        ["int"] = "Int",
        ["short"] = "Int",
        ["byte"] = "Int",
        ["long"] = "Long",
        ["double"] = "Float",
        ["float"] = "Float",
        ["decimal"] = "Float",
        ["global::System.Guid"] = "UUID",
        ["global::System.DateTimeOffset"] = "DateTime",
        ["global::System.DateOnly"] = "LocalDate",
        ["global::K12Hub.GraphQL.Types.IFile"] = "Upload",
    };

    private static readonly Dictionary<string, ListKind> Lists = new()
    {
        ["global::System.Collections.Generic.IReadOnlyList<T>"] = ListKind.ReadOnly,
        ["global::System.Collections.Generic.IReadOnlyCollection<T>"] = ListKind.ReadOnly,
        ["global::System.Collections.Generic.IEnumerable<T>"] = ListKind.ReadOnly,
        ["global::System.Collections.Generic.IList<T>"] = ListKind.List,
        ["global::System.Collections.Generic.List<T>"] = ListKind.List,
    };

    /// <summary>The C# type without <c>?</c> at its end, fully qualified; a type that other generators write, as
    /// it was written.</summary>
    public static string CSharp(ITypeSymbol type) => type is IErrorTypeSymbol
        ? type.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat).TrimEnd('?')
        : type.WithNullableAnnotation(NullableAnnotation.None).ToDisplayString(Format);

    public static RowModel Row(ITypeSymbol type)
    {
        var name = type.Name;
        for (var outer = type.ContainingType; outer is not null; outer = outer.ContainingType)
        {
            name = $"{outer.Name}_{name}";
        }

        var space = type.ContainingNamespace.IsGlobalNamespace ? "" : type.ContainingNamespace.ToDisplayString();
        return new RowModel(CSharp(type), Names.OfType(type), space, name + "Schema");
    }

    /// <summary>The type of a field; null when it cannot be shown.</summary>
    public static TypeModel? Output(ITypeSymbol type, ISymbol at, ReadingContext reading) =>
        Read(type, at, reading, isInput: false);

    /// <summary>The type of an argument; null when it is none.</summary>
    public static TypeModel? Input(ITypeSymbol type, ISymbol at, ReadingContext reading) =>
        Read(type, at, reading, isInput: true);

    /// <summary>The items of a <c>Page</c>; null for any other type.</summary>
    public static ITypeSymbol? PageItem(ITypeSymbol type) => Argument(type, "Page", "K12Hub.GraphQL.Data");

    /// <summary>The one type argument of a generic type.</summary>
    public static ITypeSymbol? Argument(ITypeSymbol type, string name, string space) =>
        type is INamedTypeSymbol { Arity: 1 } named && named.Name == name
        && named.ContainingNamespace.ToDisplayString() == space
            ? named.TypeArguments[0]
            : null;

    private static TypeModel? Read(ITypeSymbol type, ISymbol at, ReadingContext reading, bool isInput)
    {
        var isNullable = type.NullableAnnotation is NullableAnnotation.Annotated;
        if (type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable)
        {
            type = nullable.TypeArguments[0];
            isNullable = true;
        }

        var (item, kind) = Item(type);
        return item is null
            ? Named(type, isNullable, at, reading, isInput)
            : Read(item, at, reading, isInput) is { } read
                ? new TypeModel(TypeKind.List, CSharp(type), read.GraphQL, isNullable, false)
                {
                    Item = read,
                    ListKind = kind,
                    SchemaClass = read.SchemaClass,
                }
                : null;
    }

    private static TypeModel? Named(ITypeSymbol type, bool isNullable, ISymbol at, ReadingContext reading, bool isInput)
    {
        var csharp = CSharp(type);
        if (Scalars.TryGetValue(csharp, out var scalar))
        {
            return Id(csharp, isNullable, type.IsValueType, at)
                ?? new TypeModel(TypeKind.Scalar, csharp, scalar, isNullable, type.IsValueType);
        }

        var row = Row(type);
        if (type.TypeKind is Microsoft.CodeAnalysis.TypeKind.Enum)
        {
            reading.Uses(csharp, () => EnumReader.Read(type, row));
            return new TypeModel(TypeKind.Enum, csharp, row.GraphQL, isNullable, true)
            {
                SchemaClass = row.SchemaClass,
            };
        }

        if (type.TypeKind is not Microsoft.CodeAnalysis.TypeKind.Class || type is IErrorTypeSymbol
            || type.ContainingNamespace.ToDisplayString().StartsWith("System", StringComparison.Ordinal))
        {
            return null;
        }

        if (isInput && !type.Name.EndsWith("Input", StringComparison.Ordinal)) return null;

        if (isInput)
        {
            reading.Uses(csharp, () => InputReader.Read((INamedTypeSymbol)type, row, reading));
        }
        else
        {
            reading.Returns(row);
        }

        var kind = isInput ? TypeKind.Input : TypeKind.Object;
        return new TypeModel(kind, csharp, row.GraphQL, isNullable, false) { SchemaClass = row.SchemaClass };
    }

    private static TypeModel? Id(string csharp, bool isNullable, bool isValueType, ISymbol at)
    {
        var attribute = Names.Attribute(at, "ID");
        if (attribute is null)
        {
            return null;
        }

        var owner = attribute.AttributeClass!.TypeArguments.FirstOrDefault();
        return new TypeModel(TypeKind.Id, csharp, "ID", isNullable, isValueType)
        {
            IdOf = owner is null ? null : Names.OfType(owner),
        };
    }

    private static (ITypeSymbol? Item, ListKind Kind) Item(ITypeSymbol type) => type switch
    {
        IArrayTypeSymbol { Rank: 1 } array => (array.ElementType, ListKind.Array),
        INamedTypeSymbol { Arity: 1 } named when Lists.TryGetValue(
            named.OriginalDefinition.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat), out var kind) =>
            (named.TypeArguments[0], kind),
        _ => (null, ListKind.ReadOnly),
    };
}
