using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace K12Hub.Generators.Fixes;

/// <summary>K12GQL005: names the column in <c>[Parent]</c>.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class ParentFix() : SyntaxFix(["K12GQL005"], "Name the column in [Parent]")
{
    private protected override (SyntaxNode Before, SyntaxNode After)? Change(
        SyntaxNode at, Diagnostic diagnostic, string title)
    {
        var parent = at.FirstAncestorOrSelf<MethodDeclarationSyntax>()?.ParameterList.Parameters
            .SelectMany(parameter => parameter.AttributeLists.SelectMany(list => list.Attributes))
            .FirstOrDefault(attribute => attribute.Name.ToString() is "Parent" or "ParentAttribute");
        if (parent?.FirstAncestorOrSelf<ParameterSyntax>()?.Type is not { } row) return null;

        var column = SyntaxFactory.ParseExpression($"nameof({row.ToString().TrimEnd('?')}.{at.GetText()})");
        var arguments = parent.ArgumentList ?? SyntaxFactory.AttributeArgumentList();
        return (parent, parent.WithArgumentList(
            arguments.AddArguments(SyntaxFactory.AttributeArgument(column))));
    }
}
