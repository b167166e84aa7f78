using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace K12Hub.Generators.Reading;

/// <summary>Which members of its parent a resolver's text reads.</summary>
internal static class ParentReads
{
    /// <summary>The members, each where it is read: <c>p.A</c>, <c>p?.A</c>, <c>p is { A: … }</c>.</summary>
    public static IEnumerable<SyntaxToken> Of(SyntaxNode method, string parameter) => method.DescendantNodes()
        .SelectMany(node => node switch
        {
            MemberAccessExpressionSyntax access when Is(access.Expression, parameter) => [access.Name.Identifier],
            ConditionalAccessExpressionSyntax { WhenNotNull: var rest } access when Is(access.Expression, parameter) =>
                rest.DescendantNodesAndSelf().OfType<MemberBindingExpressionSyntax>().Take(1)
                    .Select(binding => binding.Name.Identifier),
            IsPatternExpressionSyntax test when Is(test.Expression, parameter) => Named(test.Pattern),
            SwitchExpressionSyntax choice when Is(choice.GoverningExpression, parameter) =>
                choice.Arms.SelectMany(arm => Named(arm.Pattern)),
            _ => [],
        });

    /// <summary>Whether the parent is used as a whole, so that anybody may read anything of it.</summary>
    public static bool PassesOn(SyntaxNode method, string parameter) => method.DescendantNodes()
        .OfType<IdentifierNameSyntax>()
        .Any(name => name.Identifier.ValueText == parameter && !IsOwner(name));

    private static bool IsOwner(IdentifierNameSyntax name) => name.Parent switch
    {
        MemberAccessExpressionSyntax access => access.Expression == name,
        ConditionalAccessExpressionSyntax access => access.Expression == name,
        IsPatternExpressionSyntax or SwitchExpressionSyntax => true,
        _ => false,
    };

    private static IEnumerable<SyntaxToken> Named(PatternSyntax pattern) => pattern is RecursivePatternSyntax
    {
        PropertyPatternClause.Subpatterns: var parts,
    }
        ? parts.Select(part => part.NameColon?.Name.Identifier ?? Innermost(part.ExpressionColon?.Expression))
            .Where(token => !token.IsKind(SyntaxKind.None))
        : [];

    /// <summary>The first name of <c>A.B</c> in a pattern.</summary>
    private static SyntaxToken Innermost(ExpressionSyntax? expression) => expression switch
    {
        MemberAccessExpressionSyntax access => Innermost(access.Expression),
        IdentifierNameSyntax name => name.Identifier,
        _ => default,
    };

    private static bool Is(ExpressionSyntax expression, string parameter) =>
        expression is IdentifierNameSyntax name && name.Identifier.ValueText == parameter;
}
