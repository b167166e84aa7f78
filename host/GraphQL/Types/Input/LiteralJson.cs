using System.Text.Json;
using K12Hub.GraphQL.Language;

namespace K12Hub.GraphQL.Types;

/// <summary>Literals as JSON, for scalars that take any shape.</summary>
internal static class LiteralJson
{
    // The parser limits how deep a literal nests; JSON's own limit must not be the narrower one.
    private static readonly JsonDocumentOptions Deep = new() { MaxDepth = 1_000 };

    public static JsonElement ToElement(ValueNode literal, IReadOnlyDictionary<string, object?>? variables = null)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream)) Write(json, literal, variables);
        return JsonElement.Parse(stream.GetBuffer().AsSpan(0, (int)stream.Length), Deep);
    }

    public static bool HasVariables(ValueNode literal) => literal switch
    {
        VariableNode => true,
        ListValueNode list => list.Values.Any(HasVariables),
        ObjectValueNode fields => fields.Fields.Any(field => HasVariables(field.Value)),
        _ => false,
    };

    private static void Write(Utf8JsonWriter json, ValueNode literal, IReadOnlyDictionary<string, object?>? variables)
    {
        switch (literal)
        {
            case VariableNode variable: WriteValue(json, variables?.GetValueOrDefault(variable.Name.Value)); break;
            case IntValueNode number: json.WriteRawValue(number.Value); break;
            case FloatValueNode number: json.WriteRawValue(number.Value); break;
            case StringValueNode text: json.WriteStringValue(text.Value); break;
            case BooleanValueNode boolean: json.WriteBooleanValue(boolean.Value); break;
            case EnumValueNode name: json.WriteStringValue(name.Value); break;
            case ListValueNode list:
                json.WriteStartArray();
                foreach (var item in list.Values) Write(json, item, variables);
                json.WriteEndArray();
                break;
            case ObjectValueNode fields:
                json.WriteStartObject();
                foreach (var field in fields.Fields)
                {
                    json.WritePropertyName(field.Name.Value);
                    Write(json, field.Value, variables);
                }

                json.WriteEndObject();
                break;
            default: json.WriteNullValue(); break;
        }
    }

    private static void WriteValue(Utf8JsonWriter json, object? value)
    {
        switch (value)
        {
            case null: json.WriteNullValue(); break;
            case JsonElement element: element.WriteTo(json); break;
            case bool boolean: json.WriteBooleanValue(boolean); break;
            case int number: json.WriteNumberValue(number); break;
            case long number: json.WriteNumberValue(number); break;
            case double number: json.WriteNumberValue(number); break;
            case IReadOnlyDictionary<string, object?> fields:
                json.WriteStartObject();
                foreach (var (name, field) in fields)
                {
                    json.WritePropertyName(name);
                    WriteValue(json, field);
                }

                json.WriteEndObject();
                break;
            case object?[] items:
                json.WriteStartArray();
                foreach (var item in items) WriteValue(json, item);
                json.WriteEndArray();
                break;
            default: json.WriteStringValue(value.ToString()); break;
        }
    }
}
