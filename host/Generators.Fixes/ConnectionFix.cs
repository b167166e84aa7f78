using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace K12Hub.Generators.Fixes;

/// <summary>K12GQL003: a page is a connection.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class ConnectionFix() : SyntaxFix(["K12GQL003"], "Add [UseConnection]")
{
    private protected override (SyntaxNode Before, SyntaxNode After)? Change(
        SyntaxNode at, Diagnostic diagnostic, string title) =>
        at.FirstAncestorOrSelf<MethodDeclarationSyntax>() is { } method
        && method.ReturnType.DescendantNodesAndSelf().OfType<GenericNameSyntax>().Any(t => t.Identifier.Text == "Page")
            ? (method, With(method, "UseConnection"))
            : null;
}
