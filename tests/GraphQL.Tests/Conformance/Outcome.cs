using System.Text.Json;
using System.Text.Json.Nodes;

namespace K12Hub.GraphQL.Tests.Conformance;

/// <summary>
/// Compares what the bridge answered with what was expected. Data and texts exactly; errors as rule or phase, first
/// place and path, in any order; messages never.
/// </summary>
internal static class Outcome
{
    private const string Merge = "OverlappingFieldsCanBeMerged";

    private static readonly string[] BuiltIn =
        ["Int", "Float", "String", "Boolean", "ID", "skip", "include", "deprecated", "specifiedBy", "oneOf"];

    public static bool Agree(string op, JsonElement expected, JsonElement answer) => op switch
    {
        "parse" => expected.TryGetProperty("print", out var print)
            ? SameText(print, answer, "print")
            : SameFaultPlace(expected, answer),
        "buildSchema" => expected.TryGetProperty("sdl", out var sdl)
            ? SameText(sdl, answer, "sdl")
            : SameSchemaErrors(Expected(expected), Errors(answer, "schema")),
        "validate" => SameErrors(Once(Expected(expected)), Once(Errors(answer, "validate"))),
        "coerce" => expected.TryGetProperty("value", out var value)
            ? SameJson(value, answer, "value")
            : Errors(answer, "coerce").Any(error => Expected(expected).Any(known => known.Path == error.Path)),
        "introspect" => SameData(expected, answer),
        _ => answer.TryGetProperty("result", out var result) && SameResult(expected, result),
    };

    private static bool SameText(JsonElement expected, JsonElement answer, string name) =>
        answer.TryGetProperty(name, out var text) && expected.GetString()!.TrimEnd() == text.GetString()!.TrimEnd();

    private static bool SameJson(JsonElement expected, JsonElement answer, string name) =>
        answer.TryGetProperty(name, out var given) && Text(expected) == Text(given);

    private static bool SameFaultPlace(JsonElement expected, JsonElement answer) =>
        answer.TryGetProperty("error", out var error)
        && Expected(expected)[0].Place == $"{error.GetProperty("line")}:{error.GetProperty("column")}";

    private static bool SameSchemaErrors(List<Fault> expected, List<Fault> given)
    {
        // A text that breaks the rules of texts need not be validated further.
        if (!expected.Exists(fault => fault.Kind != "schema")) return SameErrors(expected, given);
        return SameErrors(
            expected.Where(fault => fault.Kind != "schema"),
            given.Where(fault => fault.Kind != "schema"));
    }

    private static bool SameResult(JsonElement expected, JsonElement result)
    {
        if (!expected.TryGetProperty("data", out _))
        {
            return !result.TryGetProperty("data", out _)
                && Errors(result, "request").Any(error => Expected(expected).Contains(error));
        }

        // Of the errors inside a region that became null, some are enough.
        var (known, given) = (Expected(expected), Errors(result, "execution"));
        return SameData(expected, result)
            && (SameErrors(known, given) || (given.Count > 0 && given.TrueForAll(known.Remove)));
    }

    private static bool SameData(JsonElement expected, JsonElement answer) =>
        answer.TryGetProperty("data", out var data) && Text(expected.GetProperty("data")) == Text(data);

    private static bool SameErrors(IEnumerable<Fault> expected, IEnumerable<Fault> given) =>
        expected.Order().SequenceEqual(given.Order());

    /// <summary>
    /// The rule about conflicting fields is a statement about the document; it counts once, wherever it points.
    /// </summary>
    private static IEnumerable<Fault> Once(List<Fault> faults) =>
        faults.Where(fault => fault.Kind != Merge).Concat(faults.Where(fault => fault.Kind == Merge).Take(1)
            .Select(fault => fault with { Place = "" }));

    private static List<Fault> Expected(JsonElement expected) => !expected.TryGetProperty("errors", out var errors)
        ? []
        : [.. errors.EnumerateArray().Select(error => new Fault(
            (error.TryGetProperty("rule", out var rule) ? rule : error.GetProperty("phase")).GetString()!,
            Place(error.GetProperty("location")),
            error.GetProperty("path").ToString()))];

    private static List<Fault> Errors(JsonElement answer, string phase) =>
        !answer.TryGetProperty("errors", out var errors)
        ? []
        : [.. errors.EnumerateArray().Select(error => new Fault(
            error.TryGetProperty("rule", out var rule) ? rule.GetString()! : phase,
            error.TryGetProperty("locations", out var places) && places.GetArrayLength() > 0 ? Place(places[0]) : "",
            error.TryGetProperty("path", out var path) ? path.ToString() : ""))];

    private static string Place(JsonElement place) => place.ValueKind switch
    {
        JsonValueKind.Array => $"{place[0]}:{place[1]}",
        JsonValueKind.Object => $"{place.GetProperty("line")}:{place.GetProperty("column")}",
        _ => "",
    };

    private static string Text(JsonElement json) =>
        Normal(JsonNode.Parse(json.GetRawText()), false)?.ToJsonString() ?? "null";

    /// <summary>
    /// Of introspection, lists that are sets sorted, and our own words for built-in elements left out.
    /// </summary>
    private static JsonNode? Normal(JsonNode? node, bool isBuiltIn)
    {
        if (node is JsonArray items) return new JsonArray([.. items.Select(item => Normal(item, isBuiltIn))]);
        if (node is not JsonObject fields) return node?.DeepClone();

        isBuiltIn |= fields.ContainsKey("description") && Name(fields) is { } name
            && (BuiltIn.Contains(name) || name.StartsWith("__", StringComparison.Ordinal));
        var normal = new JsonObject();
        foreach (var (key, value) in fields)
        {
            if (key is "description" && isBuiltIn) continue;
            normal[key] = key switch
            {
                "defaultValue" => value?.ToString().Replace(" ", "", StringComparison.Ordinal),
                "types" or "directives" or "possibleTypes" when value is JsonArray set =>
                    Normal(Sorted(set), isBuiltIn),
                _ => Normal(value, isBuiltIn),
            };
        }

        return normal;
    }

    private static JsonArray Sorted(JsonArray set) =>
        new([.. set.OrderBy(Name, StringComparer.Ordinal).Select(item => item?.DeepClone())]);

    private static string? Name(JsonNode? node) =>
        node is JsonObject fields && fields["name"] is JsonValue name && name.TryGetValue<string>(out var text)
            ? text
            : null;

    private readonly record struct Fault(string Kind, string Place, string Path) : IComparable<Fault>
    {
        public int CompareTo(Fault other) =>
            string.CompareOrdinal($"{Kind} {Place} {Path}", $"{other.Kind} {other.Place} {other.Path}");
    }
}
