using System.Text.Json.Nodes;

namespace K12Hub.GraphQL.Tests.Execution.Responses;

/// <summary>
/// Executes a selection the plainest way, into a tree: every field is asked, nothing is cut short. Knows every error
/// there is, and for every null that an error made, the errors that made it.
/// </summary>
internal sealed class TreeExecutor
{
    private readonly Dictionary<string, List<string>> causes = [];

    /// <summary>Paths of all errors.</summary>
    public HashSet<string> Errors { get; } = [];

    /// <summary>By the path of a null in the answer: the errors that made it null, one of which must be told.</summary>
    public IReadOnlyDictionary<string, List<string>> Causes => causes;

    public JsonNode? Execute(IReadOnlyList<Selected> selection, Thing root)
    {
        var (value, failures) = Object(selection, root, "");
        return failures.Count > 0 ? Nulled("", failures) : value;
    }

    private (JsonNode? Value, List<string> Failures) Object(IReadOnlyList<Selected> selection, Thing thing, string path)
    {
        var (answer, failures) = (new JsonObject(), new List<string>());
        foreach (var field in selection)
        {
            var below = $"{path}.{field.ResponseName}";
            var outcome = thing[field.Field];
            var completed = outcome.Error is null
                ? Complete(RandomWorld.Fields[field.Field], outcome.Value, field.Below, below)
                : Failed(RandomWorld.Fields[field.Field], below);
            answer.Add(field.ResponseName, completed.Value);
            failures.AddRange(completed.Failures);
        }

        return (answer, failures);
    }

    private (JsonNode? Value, List<string> Failures) Complete(
        Shape shape, object? value, IReadOnlyList<Selected> below, string path)
    {
        if (value is null) return shape.NonNull ? Failed(shape, path) : (null, []);

        var (node, failures) = value switch
        {
            Thing thing => Object(below, thing, path),
            object?[] items => List(shape.Item!, items, below, path),
            int number => (JsonValue.Create(number), []),
            _ => (JsonValue.Create((string)value), []),
        };
        return failures.Count == 0 || shape.NonNull ? (node, failures) : (Nulled(path, failures), []);
    }

    private (JsonNode? Value, List<string> Failures) List(
        Shape item, object?[] items, IReadOnlyList<Selected> below, string path)
    {
        var (answer, failures) = (new JsonArray(), new List<string>());
        for (var i = 0; i < items.Length; i++)
        {
            var completed = Complete(item, items[i], below, $"{path}.{i}");
            answer.Add(completed.Value);
            failures.AddRange(completed.Failures);
        }

        return (answer, failures);
    }

    private (JsonNode? Value, List<string> Failures) Failed(Shape shape, string path)
    {
        Errors.Add(path);
        return shape.NonNull ? (null, [path]) : (Nulled(path, [path]), []);
    }

    // What is within this null cannot be seen any more, nor need anybody be told why it was null.
    private JsonNode? Nulled(string path, List<string> because)
    {
        foreach (var inner in causes.Keys.Where(key => key.StartsWith(path + ".", StringComparison.Ordinal)).ToList())
        {
            causes.Remove(inner);
        }

        causes[path] = because;
        return null;
    }
}
