using K12Hub.GraphQL.Language;

namespace K12Hub.GraphQL.Validation;

/// <summary>
/// 5.8.3, All Variable Uses Defined: an operation declares every variable used in it and its fragments.
/// </summary>
internal sealed class NoUndefinedVariables(ValidationContext context) : Rule(context)
{
    public override void LeaveDocument(DocumentNode document)
    {
        foreach (var operation in document.Definitions.OfType<OperationDefinitionNode>())
        {
            var declared = operation.VariableDefinitions
                .Select(variable => variable.Variable.Name.Value)
                .ToHashSet(StringComparer.Ordinal);
            foreach (var use in Context.VariableUses(operation))
            {
                if (declared.Contains(use.Node.Name.Value)) continue;
                Report(
                    $"Variable \"${use.Node.Name.Value}\" is not declared by {Describe(operation)}.",
                    use.Node,
                    operation);
            }
        }
    }

    private static string Describe(OperationDefinitionNode operation) =>
        operation.Name is { } name ? $"operation \"{name.Value}\"" : "the operation";
}
