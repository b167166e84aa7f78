using K12Hub.Generators.Model;
using Microsoft.CodeAnalysis;
using TypeKind = K12Hub.Generators.Model.TypeKind;

namespace K12Hub.Generators.Reading;

/// <summary>Reads a method that resolves a field.</summary>
internal sealed class MethodReader(ReadingContext reading)
{
    public static IEnumerable<IMethodSymbol> Resolvers(INamedTypeSymbol type) => type.GetMembers()
        .OfType<IMethodSymbol>()
        .Where(method => method is
        {
            MethodKind: MethodKind.Ordinary,
            IsStatic: true,
            DeclaredAccessibility: Accessibility.Public,
        })
        .Where(method => !Names.Has(method, "GraphQLIgnore") && !Names.Has(method, "DataLoader"));

    /// <summary>The field; null when its type cannot be shown.</summary>
    public FieldModel? Field(IMethodSymbol method)
    {
        var (result, isAsync) = Awaited(method.ReturnType);
        var mutationResult = TypeReader.Argument(result, "MutationResult", "K12Hub.GraphQL.Conventions");
        result = mutationResult ?? result;
        var page = TypeReader.PageItem(result);
        var connection = Names.Attribute(method, "UseConnection") ?? Names.Attribute(method, "UsePaging");
        if (page is null != connection is null)
        {
            reading.Report(Rules.ConnectionShape, method, method.Name);
            return null;
        }

        if (TypeOf(method, result, page) is not { } type)
        {
            reading.Report(Rules.UnknownType, method, method.Name, method.ReturnType.ToDisplayString());
            return null;
        }

        var convention = Names.Attribute(method, "UseMutationConvention");
        var field = new FieldModel(Names.OfMethod(method), method.Name, type)
        {
            Description = Documentation.Of(method),
            Deprecation = Names.Deprecation(method),
            Access = AccessReader.Of(method),
            IsAsync = isAsync,
            IsTask = method.ReturnType.Name is "Task",
            IsResult = mutationResult is not null,
            IsPlain = convention is not null && Names.Setting<bool>(convention, "Disable"),
            PayloadField = convention is null ? null : Names.Setting<string>(convention, "PayloadFieldName"),
            Errors = ErrorReader.Of(method, reading).ToItems(),
            Parameters = method.Parameters.Select(p => ParameterReader.Read(p, reading)).ToItems(),
            Filtering = Names.Has(method, "UseFiltering") ? RowsOf(type, page ?? result) : null,
            Sorting = Names.Has(method, "UseSorting") ? RowsOf(type, page ?? result) : null,
            Cost = CostReader.OfMethod(method, isAsync),
            ListSize = CostReader.ListSize(method),
        };
        return connection is null ? field : Paged(field, connection);
    }

    private static FieldModel Paged(FieldModel field, AttributeData connection)
    {
        var largest = Limit(connection, "MaxPageSize", 100);
        return field with
        {
            MaxPageSize = largest,
            DefaultPageSize = Math.Min(largest, Limit(connection, "DefaultPageSize", 10)),
            IsWithoutTotal = Names.IsOff(connection, "IncludeTotalCount"),
            RequirePagingBoundaries = Names.Setting<bool>(connection, "RequirePagingBoundaries"),
        };
    }

    private TypeModel? TypeOf(IMethodSymbol method, ITypeSymbol result, ITypeSymbol? page)
    {
        if (page is null)
        {
            return TypeReader.Output(result, method, reading);
        }

        var row = TypeReader.Row(page);
        reading.Returns(row, method);
        return new TypeModel(TypeKind.Page, TypeReader.CSharp(result), row.GraphQL, true, false)
        {
            SchemaClass = row.SchemaClass,
            Item = new TypeModel(TypeKind.Object, row.CSharp, row.GraphQL, false, false),
        };
    }

    private static RowModel? RowsOf(TypeModel type, ITypeSymbol result) => type.Kind switch
    {
        TypeKind.Page => TypeReader.Row(result),
        TypeKind.List when result is IArrayTypeSymbol array => TypeReader.Row(array.ElementType),
        TypeKind.List when result is INamedTypeSymbol named => TypeReader.Row(named.TypeArguments[0]),
        _ => null,
    };

    private static (ITypeSymbol Result, bool IsAsync) Awaited(ITypeSymbol type)
    {
        var awaited = TypeReader.Argument(type, "Task", "System.Threading.Tasks")
            ?? TypeReader.Argument(type, "ValueTask", "System.Threading.Tasks");
        return (awaited ?? type, awaited is not null);
    }

    private static int Limit(AttributeData connection, string name, int otherwise) =>
        Names.Setting<int>(connection, name) is var limit and > 0
            ? Math.Min(limit, 100)
            : otherwise;
}
