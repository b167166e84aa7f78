using K12Hub.GraphQL.Language;

namespace K12Hub.GraphQL.Validation;

/// <summary>5.2.1.1, Operation Type Existence: the schema has a root type for the operation.</summary>
internal sealed class KnownOperationTypes(ValidationContext context) : Rule(context)
{
    public override void EnterOperation(OperationDefinitionNode operation)
    {
        if (Context.Schema.RootType(operation.Operation) is not null) return;
        Report($"The schema has no {operation.Operation} type.", operation);
    }
}
