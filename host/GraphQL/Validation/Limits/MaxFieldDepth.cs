using K12Hub.GraphQL.Language;

namespace K12Hub.GraphQL.Validation;

/// <summary>Fields do not nest deeper than <see cref="ValidationOptions.MaxDepth"/>.</summary>
internal sealed class MaxFieldDepth(ValidationContext context) : Rule(context)
{
    public override void LeaveOperation(OperationDefinitionNode operation) => Context.AfterMeasuring(
        this, operation, "depth", LimitCode.Depth, place => $"Fields nest too deep at {place}");
}
