namespace K12Hub.GraphQL.Types;

/// <summary>
/// Finds input objects nobody could write down (3.10, "Circular References"): a field that needs its own type again,
/// directly or through others, with neither null, nor a list, nor another field of a OneOf type as a way out.
/// </summary>
internal sealed class InputCycles(SchemaErrors errors)
{
    private readonly HashSet<InputObjectType> visited = [];
    private readonly List<InputValueDefinition> path = [];
    private readonly Dictionary<InputObjectType, int> depthOf = [];
    private HashSet<InputObjectType> endless = [];

    public void Validate(IEnumerable<InputObjectType> types)
    {
        endless = FindEndless([.. types]);
        foreach (var type in endless) Visit(type);
    }

    /// <summary>What is left when everything that can be written down has been taken away, again and again.</summary>
    private static HashSet<InputObjectType> FindEndless(HashSet<InputObjectType> types)
    {
        while (types.RemoveWhere(type => IsFinite(type, types)) > 0)
        {
            // The next round can use what this one has found finite.
        }

        return types;
    }

    private static bool IsFinite(InputObjectType type, HashSet<InputObjectType> open) => type.IsOneOf
        ? type.Fields.Any(field => Needed(type, field) is not { } next || !open.Contains(next))
        : type.Fields.All(field => Needed(type, field) is not { } next || !open.Contains(next));

    /// <summary>The input object without which the field cannot be given; null when there is none.</summary>
    private static InputObjectType? Needed(InputObjectType type, InputValueDefinition field) => type.IsOneOf
        ? field.Type as InputObjectType
        : (field.Type as NonNullType)?.OfType as InputObjectType;

    private void Visit(InputObjectType type)
    {
        if (!visited.Add(type)) return;

        depthOf[type] = path.Count;
        foreach (var field in type.Fields)
        {
            if (Needed(type, field) is not { } next || !endless.Contains(next)) continue;

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
