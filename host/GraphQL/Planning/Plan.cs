using K12Hub.GraphQL.Language;
using K12Hub.GraphQL.Security;
using K12Hub.GraphQL.Types;

namespace K12Hub.GraphQL.Planning;

/// <summary>An operation ready to run, for one combination of its @skip and @include variables. Never
/// changes.</summary>
internal sealed class Plan(OperationType operation, SelectionSet root, PricePlan price)
{
    public OperationType Operation { get; } = operation;

    public SelectionSet Root { get; } = root;

    public PricePlan Price { get; } = price;

    /// <summary>Fields whose policies are asked before anything runs. Those below interfaces and unions are not known
    /// yet; they are asked before their resolvers, as all of these are once more.</summary>
    public FieldDefinition[] AskedFirst { get; } = [.. Selected(root.Selections)
        .Where(field => field.ApplyPolicy is ApplyPolicy.Validation && field.Policy is not null).Distinct()];

    /// <summary>The first field that asks the schema about itself; null when there is none.</summary>
    public Selection? Introspection { get; } =
        Array.Find(root.Selections, selection => selection.Field.Name is "__schema" or "__type");

    private static IEnumerable<FieldDefinition> Selected(IEnumerable<Selection> selections) =>
        selections.SelectMany(selection => Selected(selection.Children).Prepend(selection.Field));
}
