using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace K12Hub.Generators.Model;

/// <summary>A mistake in annotated code. Holds no syntax, so that it can be compared and kept.</summary>
internal sealed record Problem(string Id, string File, TextSpan Span, LinePositionSpan Lines, Items<string> Arguments)
{
    public static Problem At(DiagnosticDescriptor rule, Location? location, params string[] arguments) => new(
        rule.Id,
        location?.SourceTree?.FilePath ?? "",
        location?.SourceSpan ?? default,
        location?.GetLineSpan().Span ?? default,
        arguments.ToItems());

    public Diagnostic ToDiagnostic() => Diagnostic.Create(
        Rules.Of(Id),
        File.Length == 0 ? Location.None : Location.Create(File, Span, Lines),
        Arguments.ToArray<object>());
}
