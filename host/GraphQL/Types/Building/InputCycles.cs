namespace K12Hub.GraphQL.Types;

/// <summary>
/// Finds input objects nobody could write down (3.10, "Circular References"): a field that needs its own type again,
/// directly or through others, with neither null nor a list on the way.
/// </summary>
internal sealed class InputCycles(SchemaErrors errors)
{
    private readonly HashSet<InputObjectType> visited = [];
    private readonly List<InputValueDefinition> path = [];
    private readonly Dictionary<InputObjectType, int> depthOf = [];

    public void Validate(IEnumerable<InputObjectType> types)
    {
        foreach (var type in types) Visit(type);
    }

    private void Visit(InputObjectType type)
    {
        if (!visited.Add(type)) return;

        depthOf[type] = path.Count;
        foreach (var field in type.Fields)
        {
            if (field.Type is not NonNullType { OfType: InputObjectType next }) continue;

            path.Add(field);
            if (depthOf.TryGetValue(next, out var start)) Report(next, path[start..]);
            else Visit(next);
            path.RemoveAt(path.Count - 1);
        }

        depthOf.Remove(type);
    }

    private void Report(InputObjectType type, List<InputValueDefinition> circle) => errors.Add(
        $"Input object \"{type}\" needs itself through {string.Join(", ", circle)}. Make one of them nullable.",
        circle.Select(field => field.Syntax));
}
