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
        ["decimal"] = "Decimal",
        ["global::System.Guid"] = "UUID",
        ["global::System.DateTimeOffset"] = "DateTime",
        ["global::System.DateOnly"] = "LocalDate",
        ["global::System.TimeOnly"] = "LocalTime",
        ["global::System.TimeSpan"] = "Duration",
        ["global::System.Uri"] = "URI",
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
        if (item is null)
        {
            return Named(type, isNullable, at, reading, isInput);
        }

        // A list of lists can be answered; no argument needs one yet.
        return Read(item, at, reading, isInput) is { } read && !(isInput && read.Kind is TypeKind.List)
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
            return ScalarReader.Read(csharp, scalar, isNullable, type, at, reading);
        }

        if (ScalarReader.TypedId(type, isNullable, at) is { } id)
        {
            return id;
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

        return IsOurs(type) ? Composite((INamedTypeSymbol)type, row, isNullable, at, reading, isInput) : null;
    }

    private static TypeModel? Composite(
        INamedTypeSymbol type, RowModel row, bool isNullable, ISymbol at, ReadingContext reading, bool isInput)
    {
        if (AbstractReader.Is(type) && !isInput)
        {
            AbstractReader.Add(type, reading);
        }
        else if (type.TypeKind is not Microsoft.CodeAnalysis.TypeKind.Class)
        {
            return null;
        }
        else if (!isInput)
        {
            reading.Returns(row, at);
        }
        else if (type.Name.EndsWith("Input", StringComparison.Ordinal))
        {
            reading.Uses(row.CSharp, () => InputReader.Read(type, row, reading));
        }
        else
        {
            return null;
        }

        var kind = isInput ? TypeKind.Input : TypeKind.Object;
        return new TypeModel(kind, row.CSharp, row.GraphQL, isNullable, false) { SchemaClass = row.SchemaClass };
    }

    private static bool IsOurs(ITypeSymbol type) => type is INamedTypeSymbol and not IErrorTypeSymbol
        && !type.ContainingNamespace.ToDisplayString().StartsWith("System", StringComparison.Ordinal);

    private static (ITypeSymbol? Item, ListKind Kind) Item(ITypeSymbol type) => type switch
    {
        IArrayTypeSymbol { Rank: 1 } array => (array.ElementType, ListKind.Array),
        INamedTypeSymbol { Arity: 1 } named when Lists.TryGetValue(
            named.OriginalDefinition.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat), out var kind) =>
            (named.TypeArguments[0], kind),
        _ => (null, ListKind.ReadOnly),
    };
}
