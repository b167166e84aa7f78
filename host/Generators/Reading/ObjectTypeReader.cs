using K12Hub.Generators.Model;
using Microsoft.CodeAnalysis;

namespace K12Hub.Generators.Reading;

/// <summary>Reads a class with <c>[ObjectType&lt;T&gt;]</c>.</summary>
internal static class ObjectTypeReader
{
    public static Found<ObjectTypeModel> Read(GeneratorAttributeSyntaxContext context)
    {
        var reading = new ReadingContext();
        var type = (INamedTypeSymbol)context.TargetSymbol;
        var row = (INamedTypeSymbol)context.Attributes[0].AttributeClass!.TypeArguments[0];
        ClassReader.CheckStaticPartial(type, context.TargetNode, reading);

        var resolvers = MethodReader.Resolvers(type).ToArray();
        var finder = NodeResolver(type, row, resolvers, reading);
        var access = AccessReader.Of(type);
        if (finder is not null && access.IsSilent)
        {
            reading.Report(Rules.NodePolicy, type, type.Name);
        }

        AbstractReader.CheckAccess(type, row, access, reading);
        var properties = new RowReader(row, finder is not null, reading);
        var fields = Fields(row, properties, resolvers.Where(method => !Same(method, finder)), reading);
        var annotated = ClassReader.Read(type, context.TargetNode);
        return reading.Found(new ObjectTypeModel(annotated, TypeReader.Row(row), fields)
        {
            Description = Documentation.Of(type) ?? Documentation.Of(row),
            Access = access,
            Interfaces = AbstractReader.Interfaces(row, reading).ToItems(),
            Unions = AbstractReader.Unions(row).ToItems(),
            Cost = CostReader.Of(type),
            NodeResolver = finder is null ? null : Finder(finder, reading),
            Filters = properties.Filters().ToItems(),
            Sorts = properties.Sorts().ToItems(),
            References = reading.References,
        });
    }

    /// <summary>The method with <c>[NodeResolver]</c>, or with <c>[Node]</c> the one called Get.</summary>
    private static IMethodSymbol? NodeResolver(
        INamedTypeSymbol type, INamedTypeSymbol row, IMethodSymbol[] resolvers, ReadingContext reading)
    {
        var marked = Array.Find(resolvers, method => Names.Has(method, "NodeResolver"));
        if (marked is not null || !Names.Has(type, "Node"))
        {
            return marked;
        }

        var found = Array.Find(resolvers, method => method.Name is "Get" or "GetAsync"
            || Names.Bare(method.Name) == Names.OfType(row));
        if (found is null)
        {
            reading.Report(Rules.NodeWithoutResolver, type, type.Name, row.Name);
        }

        return found;
    }

    private static Items<FieldModel> Fields(
        INamedTypeSymbol row, RowReader properties, IEnumerable<IMethodSymbol> resolvers, ReadingContext reading)
    {
        var methods = new MethodReader(reading);
        var replaced = new HashSet<string>();
        var resolved = new List<FieldModel>();
        foreach (var method in resolvers)
        {
            if (Replaced(method) is { } member)
            {
                Check(method, row, member, properties, reading);
                replaced.Add(member);
            }

            if (methods.Field(method) is { } field)
            {
                resolved.Add(field with { Columns = ParentReader.Columns(method, row, properties, reading) });
            }
        }

        var fields = properties.Fields(replaced).Concat(resolved).ToItems();
        foreach (var name in fields.GroupBy(field => field.Name).Where(same => same.Count() > 1))
        {
            reading.Report(Rules.DuplicateField, row, Names.OfType(row), name.Key);
        }

        return fields;
    }

    private static string? Replaced(IMethodSymbol method) =>
        Names.Attribute(method, "BindMember")?.ConstructorArguments[0].Value as string;

    private static void Check(
        IMethodSymbol method, INamedTypeSymbol row, string member, RowReader properties, ReadingContext reading)
    {
        if (!properties.Has(member))
        {
            reading.Report(Rules.NoSuchMember, method, method.Name, row.Name, member);
        }
    }

    /// <summary>The first parameter of a node resolver is the key.</summary>
    private static FieldModel? Finder(IMethodSymbol method, ReadingContext reading)
    {
        if (method.Parameters.Length == 0 || new MethodReader(reading).Field(method) is not { } field)
        {
            return null;
        }

        var key = TypeReader.CSharp(method.Parameters[0].Type);
        return field with
        {
            Parameters = field.Parameters.Skip(1)
                .Prepend(new ParameterModel(ParameterKind.NodeKey, "id", key))
                .ToItems(),
        };
    }

    private static bool Same(IMethodSymbol method, IMethodSymbol? other) =>
        SymbolEqualityComparer.Default.Equals(method, other);
}
