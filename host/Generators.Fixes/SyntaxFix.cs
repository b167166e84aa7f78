using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Formatting;

namespace K12Hub.Generators.Fixes;

/// <summary>A way out of a mistake that needs to see no more than the place where it was made.</summary>
public abstract class SyntaxFix : CodeFixProvider
{
    private readonly string[] titles;

    private protected SyntaxFix(string[] ids, params string[] titles) =>
        (FixableDiagnosticIds, this.titles) = ([.. ids], titles);

    /// <inheritdoc/>
    public sealed override ImmutableArray<string> FixableDiagnosticIds { get; }

    /// <inheritdoc/>
    public sealed override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    /// <inheritdoc/>
    public sealed override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        foreach (var diagnostic in context.Diagnostics)
        {
            var at = root!.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true);
            foreach (var title in titles)
            {
                if (Change(at, diagnostic, title) is not var (before, after)) continue;

                var changed = root.ReplaceNode(before, after.WithAdditionalAnnotations(Formatter.Annotation));
                context.RegisterCodeFix(
                    CodeAction.Create(title, _ => Task.FromResult(context.Document.WithSyntaxRoot(changed)), title),
                    diagnostic);
            }
        }
    }

    /// <summary>What to put in the place of what; null when this fix does not fit.</summary>
    private protected abstract (SyntaxNode Before, SyntaxNode After)? Change(
        SyntaxNode at, Diagnostic diagnostic, string title);

    /// <summary>The member with one more attribute, on a line of its own.</summary>
    private protected static MemberDeclarationSyntax With(MemberDeclarationSyntax member, string attribute)
    {
        var leading = member.GetLeadingTrivia();
        var list = SyntaxFactory.AttributeList(
            [SyntaxFactory.Attribute(SyntaxFactory.ParseName(attribute))]).WithLeadingTrivia(leading);
        var indentation = leading.LastOrDefault(trivia => trivia.IsKind(SyntaxKind.WhitespaceTrivia));
        var bare = member.WithLeadingTrivia(SyntaxFactory.TriviaList(indentation));
        return bare.WithAttributeLists(bare.AttributeLists.Insert(
            0, list.WithTrailingTrivia(SyntaxFactory.ElasticCarriageReturnLineFeed)));
    }
}
