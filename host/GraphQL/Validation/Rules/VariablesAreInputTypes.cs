using K12Hub.GraphQL.Language;

namespace K12Hub.GraphQL.Validation;

/// <summary>5.8.2: variables have input types: scalars, enums, input objects and lists of them.</summary>
internal sealed class VariablesAreInputTypes(ValidationContext context) : Rule(context)
{
    public override void EnterVariable(VariableDefinitionNode variable)
    {
        if (Context.ResolveType(variable.Type) is not { IsInputType: false } type) return;
        Report($"Variable \"${variable.Variable.Name.Value}\" cannot have the type \"{type}\".", variable.Type);
    }
}
