using K12Hub.GraphQL.Language;

namespace K12Hub.GraphQL.Validation;

/// <summary>5.8.1, Variable Uniqueness: an operation declares a variable once.</summary>
internal sealed class UniqueVariableNames(ValidationContext context) : Rule(context)
{
    public override void EnterOperation(OperationDefinitionNode operation)
    {
        foreach (var same in operation.VariableDefinitions.GroupBy(variable => variable.Variable.Name.Value))
        {
            if (same.Count() < 2) continue;
            Report($"There can be only one variable named \"${same.Key}\".", same.Select(v => v.Variable.Name));
        }
    }
}
