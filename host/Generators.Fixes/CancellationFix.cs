using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace K12Hub.Generators.Fixes;

/// <summary>K12GQL018: lets the loader end with its request.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class CancellationFix() : SyntaxFix(["K12GQL018"], "Take a CancellationToken")
{
    private protected override (SyntaxNode Before, SyntaxNode After)? Change(
        SyntaxNode at, Diagnostic diagnostic, string title) =>
        at.FirstAncestorOrSelf<MethodDeclarationSyntax>() is { } method
            ? (method.ParameterList, method.ParameterList.AddParameters(
                SyntaxFactory.Parameter(SyntaxFactory.Identifier("ct"))
                    .WithType(SyntaxFactory.ParseTypeName("CancellationToken "))
                    .WithLeadingTrivia(SyntaxFactory.Space)))
            : null;
}
