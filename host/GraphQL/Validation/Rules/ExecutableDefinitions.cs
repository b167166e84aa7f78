using K12Hub.GraphQL.Language;

namespace K12Hub.GraphQL.Validation;

/// <summary>
/// 5.1.1: a document to execute holds operations and fragments, no type system definitions.
/// </summary>
internal sealed class ExecutableDefinitions(ValidationContext context) : Rule(context)
{
    public override void EnterDocument(DocumentNode document)
    {
        foreach (var definition in document.Definitions)
        {
            if (definition is ExecutableDefinitionNode) continue;
            Report($"\"{definition.Kind}\" cannot be executed; only operations and fragments can.", definition);
        }
    }
}
