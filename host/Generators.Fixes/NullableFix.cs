using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace K12Hub.Generators.Fixes;

/// <summary>K12GQL014 and K12GQL017: makes the type nullable.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class NullableFix() : SyntaxFix(["K12GQL014", "K12GQL017"], "Make it nullable")
{
    private protected override (SyntaxNode Before, SyntaxNode After)? Change(
        SyntaxNode at, Diagnostic diagnostic, string title)
    {
        var type = at.FirstAncestorOrSelf<ParameterSyntax>()?.Type
            ?? at.FirstAncestorOrSelf<PropertyDeclarationSyntax>()?.Type;
        return type is null or NullableTypeSyntax
            ? null
            : (type, SyntaxFactory.NullableType(type.WithoutTrivia()).WithTriviaFrom(type));
    }
}
