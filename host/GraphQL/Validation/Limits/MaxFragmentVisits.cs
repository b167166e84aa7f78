using K12Hub.GraphQL.Language;

namespace K12Hub.GraphQL.Validation;

/// <summary>
/// An operation spreads fragments at most <see cref="ValidationOptions.MaxFragmentVisits"/> times, nested spreads
/// counted.
/// </summary>
internal sealed class MaxFragmentVisits(ValidationContext context) : Rule(context)
{
    public override void LeaveOperation(OperationDefinitionNode operation) => Context.AfterMeasuring(
        this,
        operation,
        "fragmentVisits",
        LimitCode.Fragments,
        place => $"The operation follows too many fragments, at one on {place}");
}
