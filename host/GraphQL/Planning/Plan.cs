using K12Hub.GraphQL.Language;

namespace K12Hub.GraphQL.Planning;

/// <summary>An operation ready to run, for one combination of its @skip and @include variables. Never
/// changes.</summary>
internal sealed class Plan(OperationType operation, SelectionSet root)
{
    public OperationType Operation { get; } = operation;

    public SelectionSet Root { get; } = root;
}
