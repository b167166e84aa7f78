using K12Hub.GraphQL.Language;
using K12Hub.GraphQL.Types;

namespace K12Hub.GraphQL.Validation;

/// <summary>
/// 5.8.5, All Variable Usages Are Allowed: a variable stands only where its type fits. A nullable variable may stand
/// at a non-null place when one of the two has a default; a field of a OneOf input object takes none at all.
/// </summary>
internal sealed class VariablesInAllowedPosition(ValidationContext context) : Rule(context)
{
    public override void LeaveDocument(DocumentNode document)
    {
        foreach (var operation in document.Definitions.OfType<OperationDefinitionNode>())
        {
            var declared = new Dictionary<string, VariableDefinitionNode>(StringComparer.Ordinal);
            foreach (var variable in operation.VariableDefinitions) declared[variable.Variable.Name.Value] = variable;
            foreach (var use in Context.VariableUses(operation))
            {
                if (declared.TryGetValue(use.Node.Name.Value, out var variable)) Check(use, variable);
            }
        }
    }

    private void Check(VariableUse use, VariableDefinitionNode variable)
    {
        if (use.Type is not { } location || Context.ResolveType(variable.Type) is not { } type) return;

        var name = variable.Variable.Name.Value;
        if (!IsAllowed(type, variable.DefaultValue, location, use.HasDefault))
        {
            Report(
                $"Variable \"${name}\" of type \"{type}\" cannot stand where \"{location}\" is expected.",
                variable,
                use.Node);
        }

        if (use.IsOneOfField && type is not NonNullType)
        {
            Report($"Variable \"${name}\" must be non-null to stand in a OneOf input object.", variable, use.Node);
        }
    }

    private static bool IsAllowed(IType type, ValueNode? defaultValue, IType location, bool locationHasDefault)
    {
        if (location is not NonNullType nonNull || type is NonNullType)
        {
            return TypeComparison.AreCompatible(type, location);
        }

        var hasDefault = locationHasDefault || defaultValue is not (null or NullValueNode);
        return hasDefault && TypeComparison.AreCompatible(type, nonNull.OfType);
    }
}
