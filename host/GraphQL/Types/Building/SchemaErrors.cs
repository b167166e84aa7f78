using K12Hub.GraphQL.Language;

namespace K12Hub.GraphQL.Types;

/// <summary>Collects what is wrong with a schema.</summary>
internal sealed class SchemaErrors
{
    private readonly List<SchemaError> errors = [];

    public IReadOnlyList<SchemaError> All => errors;

    public bool Any => errors.Count > 0;

    public void Add(SchemaError error) => errors.Add(error);

    /// <summary>Adds a fault with the places of those nodes that are there.</summary>
    public void Add(string message, params IEnumerable<SyntaxNode?> nodes) => errors.Add(new SchemaError(
        message,
        [.. nodes.Where(node => node is { Location.IsKnown: true }).Select(node => node!.Location)]));
}
