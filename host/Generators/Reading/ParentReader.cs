using K12Hub.Generators.Model;
using Microsoft.CodeAnalysis;

namespace K12Hub.Generators.Reading;

/// <summary>Which columns of its row a resolver needs, and whether it said so.</summary>
internal static class ParentReader
{
    /// <summary>The stored properties; null when the resolver may read any.</summary>
    public static Items<string>? Columns(
        IMethodSymbol method, INamedTypeSymbol row, RowReader properties, ReadingContext reading)
    {
        var parent = method.Parameters.FirstOrDefault(parameter => Names.Has(parameter, "Parent"));
        if (parent is null)
        {
            return Items<string>.None;
        }

        var required = Required(parent);
        foreach (var name in required.Where(name => !properties.Has(name)))
        {
            reading.Report(Rules.NoSuchMember, parent, method.Name, row.Name, name);
        }

        var syntax = method.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax();
        if (syntax is null)
        {
            return required.Length == 0 ? null : properties.Stored(required.Where(properties.Has));
        }

        var undeclared = ParentReads.Of(syntax, parent.Name)
            .Where(read => properties.Has(read.ValueText) && !required.Contains(read.ValueText));
        foreach (var read in undeclared)
        {
            reading.Report(Rules.ParentMember, read.GetLocation(), method.Name, read.ValueText, row.Name);
        }

        return required.Length == 0 && ParentReads.PassesOn(syntax, parent.Name)
            ? null
            : properties.Stored(required.Where(properties.Has));
    }

    private static string[] Required(IParameterSymbol parent)
    {
        var argument = Names.Attribute(parent, "Parent")!.ConstructorArguments.FirstOrDefault();
        return argument.Kind is TypedConstantKind.Array && !argument.IsNull
            ? [.. argument.Values.Select(value => value.Value).OfType<string>()]
            : [];
    }
}
