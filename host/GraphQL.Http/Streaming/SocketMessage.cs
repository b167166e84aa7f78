using System.Buffers;
using System.Runtime.InteropServices;
using System.Text.Json;
using K12Hub.GraphQL.Execution;

namespace K12Hub.GraphQL.Http;

/// <summary>A message of graphql-transport-ws from the client.</summary>
/// <param name="Type">Its type: <c>connection_init</c>, <c>ping</c>, <c>pong</c>, <c>subscribe</c> or
/// <c>complete</c>.</param>
/// <param name="Id">The operation; empty where the type has none.</param>
/// <param name="Payload">Undefined when there is none.</param>
internal readonly record struct SocketMessage(string Type, string Id, JsonElement Payload)
{
    /// <summary>Reads a message.</summary>
    /// <exception cref="SocketViolationException">It is none; 4400.</exception>
    public static SocketMessage Read(ReadOnlyMemory<byte> json, int maxDepth)
    {
        var message = Parse(json, maxDepth);
        var payload = message.TryGetProperty("payload", out var given) && given.ValueKind is not JsonValueKind.Null
            ? given
            : default;
        var type = Text(message, "type");
        var id = "";
        switch (type)
        {
            case "connection_init" or "ping" or "pong":
                if (payload.ValueKind is JsonValueKind.Object or JsonValueKind.Undefined) break;
                throw Bad($"The payload of {type} is an object.");
            case "subscribe":
                if (payload.ValueKind is not JsonValueKind.Object) throw Bad("The payload of subscribe is an object.");
                id = Required(message);
                break;
            case "complete":
                id = Required(message);
                break;
            default:
                throw Bad("The message's type is not one of graphql-transport-ws.");
        }

        return new SocketMessage(type, id, payload);
    }

    /// <summary>The parameters of a subscribe message.</summary>
    /// <exception cref="SocketViolationException">They are no GraphQL request; 4400.</exception>
    public RequestParameters ReadParameters(int maxDepth)
    {
        try
        {
            return JsonParameters.Read(JsonMarshal.GetRawUtf8Value(Payload).ToArray(), maxDepth).Checked();
        }
        catch (BadParametersException wrong)
        {
            throw Bad(wrong.Message);
        }
    }

    private static JsonElement Parse(ReadOnlyMemory<byte> json, int maxDepth)
    {
        var options = new JsonDocumentOptions { MaxDepth = maxDepth, AllowDuplicateProperties = false };
        try
        {
            var message = JsonElement.Parse(json.Span, options);
            if (message.ValueKind is JsonValueKind.Object) return message;
        }
        catch (JsonException)
        {
            // As what is JSON, but no object.
        }
        catch (InvalidOperationException)
        {
            throw Bad("The message has a name that holds half a surrogate pair.");
        }

        throw Bad("Messages are JSON objects in UTF-8.");
    }

    private static string Required(JsonElement message) => Text(message, "id") is { Length: > 0 } id
        ? id
        : throw Bad("The message needs an id, a string that is not empty.");

    private static string? Text(JsonElement message, string name)
    {
        try
        {
            return message.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String
                ? value.GetString()
                : null;
        }
        catch (InvalidOperationException)
        {
            throw Bad($"The message's {name} holds half a surrogate pair.");
        }
    }

    private static SocketViolationException Bad(string reason) => new(CloseCode.BadRequest, reason);
}

/// <summary>Writes messages of graphql-transport-ws to the client.</summary>
internal static class SocketMessages
{
    public static readonly byte[] ConnectionAck = """{"type":"connection_ack"}"""u8.ToArray();

    /// <returns>True: it is always sent.</returns>
    public static bool Pong(ArrayBufferWriter<byte> output, JsonElement payload)
    {
        output.Write("{\"type\":\"pong\""u8);
        if (payload.ValueKind is JsonValueKind.Object)
        {
            output.Write(",\"payload\":"u8);
            output.Write(JsonMarshal.GetRawUtf8Value(payload));
        }

        output.Write("}"u8);
        return true;
    }

    public static void Next(ArrayBufferWriter<byte> output, byte[] id, ExecutionResult result)
    {
        Begin(output, id, "next"u8);
        output.Write(",\"payload\":"u8);
        result.WriteTo(output);
        output.Write("}"u8);
    }

    public static void Error(ArrayBufferWriter<byte> output, byte[] id, ExecutionResult result)
    {
        Begin(output, id, "error"u8);
        output.Write(",\"payload\":"u8);
        result.WriteErrorsTo(output);
        output.Write("}"u8);
    }

    public static void Complete(ArrayBufferWriter<byte> output, byte[] id)
    {
        Begin(output, id, "complete"u8);
        output.Write("}"u8);
    }

    /// <summary>An id as JSON, quotes included.</summary>
    public static byte[] Encode(string id) => JsonSerializer.SerializeToUtf8Bytes(id);

    private static void Begin(ArrayBufferWriter<byte> output, byte[] id, ReadOnlySpan<byte> type)
    {
        output.Write("{\"id\":"u8);
        output.Write(id);
        output.Write(",\"type\":\""u8);
        output.Write(type);
        output.Write("\""u8);
    }
}
