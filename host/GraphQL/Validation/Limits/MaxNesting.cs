using K12Hub.GraphQL.Language;

namespace K12Hub.GraphQL.Validation;

/// <summary>
/// Selection sets do not nest deeper than <see cref="ValidationOptions.MaxNesting"/> with fragments expanded: fragments
/// in a long chain cost stack even when no field is in them.
/// </summary>
internal sealed class MaxNesting(ValidationContext context) : Rule(context)
{
    public override void LeaveOperation(OperationDefinitionNode operation) => Context.AfterMeasuring(
        this, operation, "nesting", LimitCode.Nesting, place => $"Fragments and fields nest too deep, at {place}");
}
