using Microsoft.CodeAnalysis.CSharp;

namespace K12Hub.Generators.Writing;

/// <summary>Pieces of C# that several writers need.</summary>
internal static class Text
{
    public const string Types = "global::K12Hub.GraphQL.Types.";

    public const string Data = "global::K12Hub.GraphQL.Data.";

    public const string Execution = "global::K12Hub.GraphQL.Execution.";

    public const string Conventions = "global::K12Hub.GraphQL.Conventions.";

    public const string Builder = "global::K12Hub.GraphQL.Types.SchemaBuilder";

    public const string Invariant = "global::System.Globalization.CultureInfo.InvariantCulture";

    public static string Literal(string? value) =>
        value is null ? "null" : SymbolDisplay.FormatLiteral(value, quote: true);

    public static string Number(double value) =>
        value.ToString(System.Globalization.CultureInfo.InvariantCulture);

    /// <summary><c>Description = "…",</c> and the like, where there is something to say.</summary>
    public static IEnumerable<string> Properties(params (string Name, string? Value)[] properties) => properties
        .Where(property => property.Value is not null)
        .Select(property => $"{property.Name} = {Literal(property.Value)}");
}
