using K12Hub.Generators.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace K12Hub.Generators.Reading;

/// <summary>Reads the class that gets a generated part.</summary>
internal static class ClassReader
{
    public static ClassModel Read(INamedTypeSymbol type, SyntaxNode declaration) => new(
        type.ContainingNamespace.IsGlobalNamespace ? "" : type.ContainingNamespace.ToDisplayString(),
        type.Name,
        declaration.AncestorsAndSelf().SelectMany(Usings)
            .Where(directive => !directive.GlobalKeyword.IsKind(SyntaxKind.GlobalKeyword))
            .Select(directive => directive.NormalizeWhitespace().ToString())
            .ToItems());

    public static void CheckStaticPartial(INamedTypeSymbol type, SyntaxNode declaration, ReadingContext reading)
    {
        var modifiers = ((TypeDeclarationSyntax)declaration).Modifiers;
        if (!type.IsStatic || !modifiers.Any(SyntaxKind.PartialKeyword))
        {
            reading.Report(Rules.StaticPartial, type, type.Name);
        }
    }

    private static IEnumerable<UsingDirectiveSyntax> Usings(SyntaxNode node) => node switch
    {
        CompilationUnitSyntax unit => unit.Usings,
        BaseNamespaceDeclarationSyntax space => space.Usings,
        _ => [],
    };
}
