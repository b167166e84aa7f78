using Microsoft.CodeAnalysis;

namespace K12Hub.Generators.Reading;

/// <summary>Where <c>&lt;inheritdoc/&gt;</c> takes its text from.</summary>
internal static class InheritedDocumentation
{
    /// <summary>What <c>cref</c> names, or what the symbol overrides or implements; null when it is nothing
    /// else.</summary>
    public static ISymbol? Source(ISymbol symbol, string? cref)
    {
        var source = cref is null ? Base(symbol) : Named(symbol, cref);
        return SymbolEqualityComparer.Default.Equals(source, symbol) ? null : source;
    }

    private static ISymbol? Base(ISymbol symbol) => symbol switch
    {
        IPropertySymbol { OverriddenProperty: { } overridden } => overridden,
        IMethodSymbol { OverriddenMethod: { } overridden } => overridden,
        INamedTypeSymbol { BaseType: { SpecialType: not SpecialType.System_Object } parent } => parent,
        INamedTypeSymbol type => type.Interfaces.FirstOrDefault(),
        IPropertySymbol or IMethodSymbol => symbol.ContainingType.AllInterfaces
            .SelectMany(type => type.GetMembers(symbol.Name))
            .FirstOrDefault(member => SymbolEqualityComparer.Default.Equals(
                symbol.ContainingType.FindImplementationForInterfaceMember(member), symbol)),
        _ => null,
    };

    /// <summary>The symbol of a documentation id, such as <c>P:District.SchoolRow.Name</c>, in the same or a referenced
    /// assembly.</summary>
    private static ISymbol? Named(ISymbol symbol, string cref)
    {
        var name = cref.Length > 2 ? cref.Substring(2).Split('(')[0] : "";
        if (cref.StartsWith("T:", StringComparison.Ordinal))
        {
            return Type(symbol, name);
        }

        var dot = name.LastIndexOf('.');
        return dot < 0
            ? null
            : Type(symbol, name.Substring(0, dot))?.GetMembers(name.Substring(dot + 1)).FirstOrDefault();
    }

    private static INamedTypeSymbol? Type(ISymbol symbol, string name) =>
        symbol.ContainingModule.ReferencedAssemblySymbols.Prepend(symbol.ContainingAssembly)
            .Select(assembly => assembly.GetTypeByMetadataName(name))
            .FirstOrDefault(type => type is not null);
}
