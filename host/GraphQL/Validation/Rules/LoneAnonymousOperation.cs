using K12Hub.GraphQL.Language;

namespace K12Hub.GraphQL.Validation;

/// <summary>5.2.3.1: an operation without a name is the only one of its document.</summary>
internal sealed class LoneAnonymousOperation(ValidationContext context) : Rule(context)
{
    private bool isAlone;

    public override void EnterDocument(DocumentNode document) =>
        isAlone = document.Definitions.Count(definition => definition is OperationDefinitionNode) == 1;

    public override void EnterOperation(OperationDefinitionNode operation)
    {
        if (operation.Name is null && !isAlone) Report("An anonymous operation must be the only operation.", operation);
    }
}
