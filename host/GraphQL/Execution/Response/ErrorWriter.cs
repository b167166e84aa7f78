using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace K12Hub.GraphQL.Execution;

/// <summary>Writes <c>"errors":[…]</c> in the form of section "Errors".</summary>
internal static class ErrorWriter
{
    // The response is sent as JSON, never inside HTML; quotes and accents stay readable.
    private static readonly JsonWriterOptions Options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };

    public static void Write(IBufferWriter<byte> output, IReadOnlyList<GraphQLError> errors)
    {
        output.Write("\"errors\":"u8);
        WriteList(output, errors);
    }

    /// <summary>The list alone.</summary>
    public static void WriteList(IBufferWriter<byte> output, IReadOnlyList<GraphQLError> errors)
    {
        using var json = new Utf8JsonWriter(output, Options);
        json.WriteStartArray();
        foreach (var error in errors) Write(json, error);
        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, GraphQLError error)
    {
        json.WriteStartObject();
        json.WriteString("message"u8, error.Message);
        if (error.Locations.Count > 0) WriteLocations(json, error.Locations);
        if (error.Path is not null) WritePath(json, error.Path);
        if (error.Code is not null || error.Extensions is { Count: > 0 }) WriteExtensions(json, error);
        json.WriteEndObject();
    }

    private static void WriteLocations(Utf8JsonWriter json, IReadOnlyList<ErrorLocation> locations)
    {
        json.WriteStartArray("locations"u8);
        foreach (var location in locations)
        {
            json.WriteStartObject();
            json.WriteNumber("line"u8, location.Line);
            json.WriteNumber("column"u8, location.Column);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WritePath(Utf8JsonWriter json, IReadOnlyList<object> path)
    {
        json.WriteStartArray("path"u8);
        foreach (var segment in path)
        {
            if (segment is int index) json.WriteNumberValue(index);
            else json.WriteStringValue((string)segment);
        }

        json.WriteEndArray();
    }

    private static void WriteExtensions(Utf8JsonWriter json, GraphQLError error)
    {
        json.WriteStartObject("extensions"u8);
        if (error.Code is not null) json.WriteString("code"u8, error.Code);
        foreach (var (name, value) in error.Extensions ?? new Dictionary<string, object?>())
        {
            json.WritePropertyName(name);
            WriteValue(json, value);
        }

        json.WriteEndObject();
    }

    private static void WriteValue(Utf8JsonWriter json, object? value)
    {
        switch (value)
        {
            case null: json.WriteNullValue(); break;
            case string text: json.WriteStringValue(text); break;
            case bool flag: json.WriteBooleanValue(flag); break;
            case int number: json.WriteNumberValue(number); break;
            case long number: json.WriteNumberValue(number); break;
            case double number: json.WriteNumberValue(number); break;
            case decimal number: json.WriteNumberValue(number); break;
            case JsonElement element: element.WriteTo(json); break;
            case IEnumerable<object?> items:
                json.WriteStartArray();
                foreach (var item in items) WriteValue(json, item);
                json.WriteEndArray();
                break;
            default: json.WriteStringValue(value.ToString()); break;
        }
    }
}
