using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using K12Hub.GraphQL.Language;
using K12Hub.GraphQL.Types;
using K12Hub.GraphQL.Validation;

namespace K12Hub.GraphQL.Conformance;

/// <summary>
/// Answers one request of a foreign test suite: texts and plain data in, what the engine makes of them out.
/// </summary>
public static class Bridge
{
    private static readonly JsonSerializerOptions Relaxed = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The answer as one line of JSON.</summary>
    public static async Task<string> AnswerAsync(JsonElement request)
    {
        var answer = new JsonObject { ["id"] = Node(request, "id") };
        try
        {
            await AnswerAsync(request, answer);
        }
        catch (SyntaxException fault)
        {
            answer["error"] = new JsonObject
            {
                ["message"] = fault.Message,
                ["line"] = fault.Location.Line,
                ["column"] = fault.Location.Column,
            };
        }

        return answer.ToJsonString(Relaxed);
    }

    private static async Task AnswerAsync(JsonElement request, JsonObject answer)
    {
        switch (Text(request, "op"))
        {
            case "parse": Parse(request, answer); break;
            case "strip":
                answer["text"] = IgnoredCharacters.Strip(Source(request, "source"));
                break;
            case "buildSchema":
                if (Build(request, answer) is { } built)
                {
                    answer["ok"] = true;
                    answer["sdl"] = SchemaPrinter.Print(built, IsTrue(request, "sorted"));
                }

                break;
            case "validate":
                if (Build(request, answer) is { } schema) Validate(request, schema, answer);
                break;
            case "execute":
                if (Build(request, answer) is { } executable)
                {
                    answer["result"] = await ExecuteAsync(request, executable);
                }
                break;
            case "subscribe":
                if (Build(request, answer) is { } streamed)
                {
                    answer["results"] = await Execution.StreamAsync(
                        streamed,
                        Text(request, "source") ?? "",
                        Text(request, "operationName"),
                        Given(request, "variables"),
                        request.GetProperty("events"));
                }

                break;
            case "introspect":
                if (Build(request, answer) is { } described)
                {
                    var result = await Execution.RunAsync(described, IntrospectionQuery.Text, null, null, null);
                    answer["data"] = result["data"]?.DeepClone();
                }

                break;
            case "coordinate": Coordinate(request, answer); break;
            case "coerce":
                if (Build(request, answer) is { } types) Coerce(request, types, answer);
                break;
            case var op:
                answer["error"] = new JsonObject { ["message"] = $"Unknown operation \"{op}\"." };
                break;
        }
    }

    private static void Parse(JsonElement request, JsonObject answer)
    {
        var document = Parser.Parse(Source(request, "source"), Limits(request));
        answer["ok"] = true;
        answer["print"] = Printer.Print(document);
    }

    private static void Validate(JsonElement request, Schema schema, JsonObject answer)
    {
        var document = Parser.Parse(Source(request, "source"), Limits(request));
        var errors = DocumentValidator.Validate(schema, document, ValidationOptions.SpecificationOnly);
        answer["errors"] = new JsonArray([.. errors.Select(error => (JsonNode)new JsonObject
        {
            ["rule"] = error.Rule,
            ["locations"] = Locations(error.Locations),
            ["message"] = error.Message,
        })]);
    }

    private static Task<JsonNode> ExecuteAsync(JsonElement request, Schema schema) => Execution.RunAsync(
        schema,
        Text(request, "source") ?? "",
        Text(request, "operationName"),
        Given(request, "variables"),
        Given(request, "root"));

    private static void Coordinate(JsonElement request, JsonObject answer)
    {
        var coordinate = SchemaCoordinate.Parse(Text(request, "coordinate") ?? Text(request, "source") ?? "");
        answer["ok"] = true;
        answer["print"] = coordinate.ToString();
        if (!request.TryGetProperty("sdl", out _) || Build(request, answer) is not { } schema) return;

        answer["kind"] = schema.Find(coordinate) switch
        {
            DirectiveDefinition => "Directive",
            FieldDefinition => "Field",
            InputValueDefinition when coordinate.Argument is not null => "Argument",
            InputValueDefinition => "InputField",
            EnumValueDefinition => "EnumValue",
            TypeDefinition => "Type",
            _ => null,
        };
    }

    private static void Coerce(JsonElement request, Schema schema, JsonObject answer)
    {
        var type = schema.ResolveType(Parser.ParseType(Text(request, "type")!));
        if (type is null)
        {
            var unknown = new JsonObject { ["message"] = "Unknown type.", ["path"] = new JsonArray() };
            answer["errors"] = new JsonArray(unknown);
            return;
        }

        var errors = new List<InputError>();
        var value = JsonCoercion.Coerce(request.GetProperty("value"), type, errors);
        if (errors.Count == 0)
        {
            answer["ok"] = true;
            answer["value"] = PlainJson.From(value);
            return;
        }

        answer["errors"] = new JsonArray([.. errors.Select(error => (JsonNode)new JsonObject
        {
            ["message"] = error.Message,
            ["path"] = PlainJson.From(error.Path),
        })]);
    }

    private static Schema? Build(JsonElement request, JsonObject answer)
    {
        SchemaResult result;
        try
        {
            result = KnownSchemas.Get(Text(request, "sdl") ?? "");
        }
        catch (SyntaxException fault)
        {
            var entry = new JsonObject { ["message"] = fault.Message, ["locations"] = Locations([fault.Location]) };
            entry["phase"] = "syntax";
            answer["errors"] = new JsonArray(entry);
            return null;
        }

        if (result.Schema is not null) return result.Schema;

        answer["errors"] = new JsonArray([.. result.Errors.Select(error =>
        {
            var entry = new JsonObject { ["message"] = error.Message, ["locations"] = Locations(error.Locations) };
            if (error.Rule is { } rule) entry["rule"] = rule;
            return (JsonNode)entry;
        })]);
        return null;
    }

    private static JsonArray Locations(IEnumerable<Location> locations) =>
        new([.. locations.Select(location => (JsonNode)new JsonArray(location.Line, location.Column))]);

    private static ParserLimits Limits(JsonElement request)
    {
        var limits = ParserLimits.Trusted;
        if (!request.TryGetProperty("limits", out var given) || given.ValueKind is not JsonValueKind.Object)
        {
            return limits;
        }

        return limits with
        {
            MaxBytes = Number(given, "bytes", limits.MaxBytes),
            MaxTokens = Number(given, "tokens", limits.MaxTokens),
            MaxDepth = Number(given, "depth", limits.MaxDepth),
            MaxDirectives = Number(given, "directives", limits.MaxDirectives),
        };
    }

    private static int Number(JsonElement limits, string name, int otherwise) =>
        limits.TryGetProperty(name, out var value) ? value.GetInt32() : otherwise;

    private static Source Source(JsonElement request, string name) => new(Text(request, name) ?? "");

    private static string? Text(JsonElement request, string name) =>
        request.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String
            ? JsonText.Of(value)
            : null;

    private static bool IsTrue(JsonElement request, string name) =>
        request.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.True;

    private static JsonElement? Given(JsonElement request, string name) =>
        request.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.Object ? value : null;

    private static JsonNode? Node(JsonElement request, string name) =>
        request.TryGetProperty(name, out var value) ? JsonNode.Parse(value.GetRawText()) : null;
}
