using K12Hub.GraphQL.Language;

namespace K12Hub.GraphQL.Validation;

/// <summary>
/// An operation spreads fragments at most <see cref="ValidationOptions.MaxFragmentVisits"/> times, nested spreads
/// counted.
/// </summary>
internal sealed class MaxFragmentVisits(ValidationContext context) : Rule(context)
{
    public override void LeaveOperation(OperationDefinitionNode operation) =>
        Context.AfterMeasuring(this, operation, size =>
        size.FragmentVisits > Context.Options.MaxFragmentVisits
            ? ("GRAPHQL_LIMIT_FRAGMENTS",
                $"The operation spreads more than {Context.Options.MaxFragmentVisits} fragments.",
                operation)
            : null);
}
