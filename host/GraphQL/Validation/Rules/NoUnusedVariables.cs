using K12Hub.GraphQL.Language;

namespace K12Hub.GraphQL.Validation;

/// <summary>5.8.4, All Variables Used: a declared variable is used by the operation or its fragments.</summary>
internal sealed class NoUnusedVariables(ValidationContext context) : Rule(context)
{
    public override void LeaveDocument(DocumentNode document)
    {
        foreach (var operation in document.Definitions.OfType<OperationDefinitionNode>())
        {
            if (operation.VariableDefinitions.IsEmpty) continue;

            var used =
                Context.VariableUses(operation).Select(use => use.Node.Name.Value).ToHashSet(StringComparer.Ordinal);
            foreach (var variable in operation.VariableDefinitions)
            {
                if (used.Contains(variable.Variable.Name.Value)) continue;
                Report($"Variable \"${variable.Variable.Name.Value}\" is never used.", variable);
            }
        }
    }
}
