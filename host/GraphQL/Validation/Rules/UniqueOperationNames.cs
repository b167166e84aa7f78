using K12Hub.GraphQL.Language;

namespace K12Hub.GraphQL.Validation;

/// <summary>5.2.2.1: operations have different names, so that a request can say which one it means.</summary>
internal sealed class UniqueOperationNames(ValidationContext context) : Rule(context)
{
    private readonly Dictionary<string, NameNode> known = new(StringComparer.Ordinal);

    public override void EnterOperation(OperationDefinitionNode operation)
    {
        if (operation.Name is not { } name || known.TryAdd(name.Value, name)) return;
        Report($"There can be only one operation named \"{name.Value}\".", known[name.Value], name);
    }
}
