using System.Text.Json;
using System.Text.Json.Nodes;

namespace K12Hub.GraphQL.Conformance;

/// <summary>Coerced values as JSON.</summary>
internal static class PlainJson
{
    public static JsonNode? From(object? value) => value switch
    {
        null => null,
        JsonElement element => JsonNode.Parse(element.GetRawText()),
        IReadOnlyDictionary<string, object?> fields =>
            new JsonObject(fields.Select(field => KeyValuePair.Create(field.Key, From(field.Value)))),
        IReadOnlyList<object?> items => new JsonArray([.. items.Select(From)]),
        bool or int or long or double or decimal or string => JsonSerializer.SerializeToNode(value),
        _ => value.ToString(),
    };
}
