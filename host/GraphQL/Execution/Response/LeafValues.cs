using System.Collections;
using System.Text.Json;

namespace K12Hub.GraphQL.Execution;

/// <summary>Writes what a scalar's result coercion answered.</summary>
internal static class LeafValues
{
    /// <exception cref="InvalidOperationException">The value has no form in JSON.</exception>
    public static void Write(object? value, ref JsonArena json)
    {
        switch (value)
        {
            case null: json.WriteNull(); break;
            case string text: json.WriteString(text); break;
            case bool flag: json.WriteBoolean(flag); break;
            case int number: json.WriteNumber(number); break;
            case long number: json.WriteNumber(number); break;
            case short number: json.WriteNumber(number); break;
            case double number: json.WriteNumber(number); break;
            case float number: json.WriteNumber(number); break;
            case decimal number: json.WriteNumber(number); break;
            case Guid id: json.WriteString(id); break;
            case DateOnly day: json.WriteString(day); break;
            case TimeOnly time: json.WriteString(time); break;
            case TimeSpan length: json.WriteString(length); break;
            case Uri address: json.WriteString(address); break;
            case DateTimeOffset instant: json.WriteString(instant); break;
            case JsonElement element: WriteElement(element, ref json); break;
            case IReadOnlyDictionary<string, object?> properties: WriteObject(properties, ref json); break;
            case IEnumerable items: WriteList(items, ref json); break;
            default: throw new InvalidOperationException($"A {value.GetType().Name} has no form in JSON.");
        }
    }

    private static void WriteObject(IReadOnlyDictionary<string, object?> properties, ref JsonArena json)
    {
        var first = true;
        json.WriteByte((byte)'{');
        foreach (var (name, value) in properties)
        {
            if (!first) json.WriteByte((byte)',');
            first = false;
            json.WriteString(name);
            json.WriteByte((byte)':');
            Write(value, ref json);
        }

        json.WriteByte((byte)'}');
    }

    private static void WriteList(IEnumerable items, ref JsonArena json)
    {
        var first = true;
        json.WriteByte((byte)'[');
        foreach (var item in items)
        {
            if (!first) json.WriteByte((byte)',');
            first = false;
            Write(item, ref json);
        }

        json.WriteByte((byte)']');
    }

    private static void WriteElement(JsonElement element, ref JsonArena json)
    {
        // Raw text may hold white space, but is well-formed; numbers keep their digits.
        json.WriteRaw(System.Runtime.InteropServices.JsonMarshal.GetRawUtf8Value(element));
    }
}
