using K12Hub.GraphQL.Language;

namespace K12Hub.GraphQL.Validation;

/// <summary>
/// An operation has at most <see cref="ValidationOptions.MaxFields"/> fields once its fragments are expanded.
/// </summary>
internal sealed class MaxFields(ValidationContext context) : Rule(context)
{
    public override void LeaveOperation(OperationDefinitionNode operation) => Context.AfterMeasuring(
        this, operation, "fields", LimitCode.Fields, place => $"The operation has too many fields, at {place}");
}
