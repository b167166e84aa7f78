using K12Hub.GraphQL.Language;

namespace K12Hub.GraphQL.Validation;

/// <summary>An operation has at most <see cref="ValidationOptions.MaxRootFields"/> root fields.</summary>
internal sealed class MaxRootFields(ValidationContext context) : Rule(context)
{
    public override void LeaveOperation(OperationDefinitionNode operation) => Context.AfterMeasuring(
        this,
        operation,
        "rootFields",
        LimitCode.RootFields,
        place => $"The operation has too many root fields, at {place}");
}
