using K12Hub.GraphQL.Language;
using K12Hub.GraphQL.Types;

namespace K12Hub.GraphQL.Validation;

/// <summary>
/// Validates a schema text before definitions are made of it: what can be said without knowing any type.
/// </summary>
internal static class SdlValidator
{
    private static readonly SdlRule[] Rules =
    [
        new LoneSchemaDefinition(),
        new UniqueOperationTypes(),
        new UniqueTypeNames(),
        new UniqueEnumValueNames(),
        new UniqueFieldDefinitionNames(),
        new UniqueArgumentDefinitionNames(),
        new UniqueDirectiveNames(),
        new SdlKnownTypeNames(),
        new SdlKnownDirectives(),
        new SdlUniqueDirectivesPerLocation(),
        new PossibleTypeExtensions(),
        new KnownArgumentNamesOnDirectives(),
        new SdlUniqueArgumentNames(),
        new SdlUniqueInputFieldNames(),
        new ProvidedRequiredArgumentsOnDirectives(),
    ];

    public static IReadOnlyList<SchemaError> Validate(DocumentNode document)
    {
        var sdl = new SdlDocument(document);
        var errors = new List<SchemaError>();
        foreach (var rule in Rules) rule.Check(sdl, errors);
        return errors;
    }
}

/// <summary>One rule about schema texts. It keeps no state, so one instance serves all.</summary>
internal abstract class SdlRule
{
    /// <summary>
    /// The rule's name: that of its class, without the prefix that tells it from its twin for operations.
    /// </summary>
    private string Name => GetType().Name is ['S', 'd', 'l', .. var rest] ? rest : GetType().Name;

    public abstract void Check(SdlDocument sdl, List<SchemaError> errors);

    protected void Report(List<SchemaError> errors, string message, params IEnumerable<SyntaxNode> nodes) =>
        errors.Add(new SchemaError(message, [.. nodes.Select(node => node.Location)], Name));

    /// <summary>Reports every name that was there before, with the earlier place first.</summary>
    protected void ReportRepeated(List<SchemaError> errors, IEnumerable<NameNode> names, Func<string, string> message)
    {
        var known = new Dictionary<string, NameNode>(StringComparer.Ordinal);
        foreach (var name in names)
        {
            if (!known.TryAdd(name.Value, name)) Report(errors, message(name.Value), known[name.Value], name);
        }
    }
}
