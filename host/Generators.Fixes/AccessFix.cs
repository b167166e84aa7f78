using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace K12Hub.Generators.Fixes;

/// <summary>K12GQL009 and K12GQL019: says who may.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class AccessFix() : SyntaxFix(
    ["K12GQL009", "K12GQL019"], "Authorize", "AllowAnonymous")
{
    private protected override (SyntaxNode Before, SyntaxNode After)? Change(
        SyntaxNode at, Diagnostic diagnostic, string title) =>
        at.FirstAncestorOrSelf<MemberDeclarationSyntax>() is { } member ? (member, With(member, title)) : null;
}
