using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace K12Hub.Generators.Fixes;

/// <summary>K12GQL001: makes the class static partial.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class StaticPartialFix() : SyntaxFix(["K12GQL001"], "Make the class static partial")
{
    private protected override (SyntaxNode Before, SyntaxNode After)? Change(
        SyntaxNode at, Diagnostic diagnostic, string title)
    {
        if (at.FirstAncestorOrSelf<ClassDeclarationSyntax>() is not { } type) return null;

        var modifiers = type.Modifiers.Where(modifier => !modifier.IsKind(SyntaxKind.SealedKeyword)
            && !modifier.IsKind(SyntaxKind.AbstractKeyword) && !modifier.IsKind(SyntaxKind.StaticKeyword)
            && !modifier.IsKind(SyntaxKind.PartialKeyword));
        return (type, type.WithModifiers(
        [
            .. modifiers,
            SyntaxFactory.Token(SyntaxKind.StaticKeyword).WithTrailingTrivia(SyntaxFactory.Space),
            SyntaxFactory.Token(SyntaxKind.PartialKeyword).WithTrailingTrivia(SyntaxFactory.Space),
        ]));
    }
}
