using System.Text.Json;
using K12Hub.GraphQL.Execution;

namespace K12Hub.GraphQL.Planning;

/// <summary>The resolver of fields that have none: the property of the same name of a dictionary or JSON
/// object.</summary>
internal static class PropertyResolver
{
    public static FieldResolver For(string name) => new PureResolver(parent => Read(parent, name));

    private static object? Read(object parent, string name) => parent switch
    {
        IReadOnlyDictionary<string, object?> properties => properties.GetValueOrDefault(name),
        JsonElement { ValueKind: JsonValueKind.Object } json
            when json.TryGetProperty(name, out var value) => Plain(value),
        _ => null,
    };

    private static object? Plain(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null or JsonValueKind.Undefined => null,
        JsonValueKind.String => value.GetString(),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Number => value.TryGetInt64(out var whole) ? whole : value.GetDouble(),
        JsonValueKind.Array => value.EnumerateArray().Select(Plain).ToArray(),
        _ => value,
    };
}
