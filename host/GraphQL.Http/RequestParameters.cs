using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace K12Hub.GraphQL.Http;

/// <summary>The parameters of GraphQL over HTTP: <c>query</c>, <c>operationName</c>, <c>variables</c> and
/// <c>extensions</c>. The last two stay JSON; they point into the body they were read from.</summary>
internal readonly record struct RequestParameters(
    ReadOnlyMemory<byte> Document,
    string? OperationName,
    ReadOnlyMemory<byte> Variables,
    ReadOnlyMemory<byte> Extensions)
{
    /// <summary>Reads the body of a POST.</summary>
    /// <exception cref="JsonException">The body is not JSON.</exception>
    /// <exception cref="BadParametersException">It is JSON, but no GraphQL request.</exception>
    public static RequestParameters FromJson(ReadOnlyMemory<byte> body)
    {
        var reader = new Utf8JsonReader(body.Span);
        reader.Read();
        if (reader.TokenType is JsonTokenType.StartArray)
        {
            throw new BadParametersException("Batches are not supported; send one request at a time.");
        }

        if (reader.TokenType is not JsonTokenType.StartObject)
        {
            throw new BadParametersException("The body must be a JSON object.");
        }

        var parameters = default(RequestParameters);
        var hasDocument = false;
        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            hasDocument |= reader.ValueTextEquals("query"u8);
            parameters = ReadProperty(ref reader, body, parameters);
        }

        // Anything after the object is not JSON.
        reader.Read();
        return hasDocument ? parameters : throw new BadParametersException("Parameter \"query\" is missing.");
    }

    /// <summary>Reads the query string of a GET; an empty parameter is a missing one.</summary>
    /// <exception cref="BadParametersException">It is no GraphQL request.</exception>
    public static RequestParameters FromQuery(IQueryCollection query)
    {
        var document = query["query"].ToString();
        if (document.Length == 0) throw new BadParametersException("Parameter \"query\" is missing.");

        var operationName = query["operationName"].ToString();
        return new RequestParameters(
            Encoding.UTF8.GetBytes(document),
            operationName.Length == 0 ? null : operationName,
            JsonObject("variables", query["variables"].ToString()),
            JsonObject("extensions", query["extensions"].ToString()));
    }

    private static RequestParameters ReadProperty(
        ref Utf8JsonReader reader, ReadOnlyMemory<byte> body, RequestParameters parameters)
    {
        if (reader.ValueTextEquals("query"u8))
        {
            reader.Read();
            return parameters with { Document = ReadDocument(ref reader, body) };
        }

        if (reader.ValueTextEquals("operationName"u8))
        {
            reader.Read();
            return parameters with { OperationName = ReadText(ref reader) };
        }

        if (reader.ValueTextEquals("variables"u8))
        {
            return parameters with { Variables = ReadObject(ref reader, body, "variables") };
        }

        if (reader.ValueTextEquals("extensions"u8))
        {
            return parameters with { Extensions = ReadObject(ref reader, body, "extensions") };
        }

        reader.Read();
        reader.Skip();
        return parameters;
    }

    private static ReadOnlyMemory<byte> ReadDocument(ref Utf8JsonReader reader, ReadOnlyMemory<byte> body)
    {
        if (reader.TokenType is not JsonTokenType.String)
        {
            throw new BadParametersException("Parameter \"query\" must be a string.");
        }

        if (!reader.ValueIsEscaped) return body.Slice((int)reader.TokenStartIndex + 1, reader.ValueSpan.Length);

        var unescaped = new byte[reader.ValueSpan.Length];
        try
        {
            return unescaped.AsMemory(0, reader.CopyString(unescaped));
        }
        catch (InvalidOperationException)
        {
            throw new BadParametersException("Parameter \"query\" holds half a surrogate pair.");
        }
    }

    private static string? ReadText(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.TokenType switch
            {
                JsonTokenType.String => reader.GetString(),
                JsonTokenType.Null => null,
                _ => throw new BadParametersException("Parameter \"operationName\" must be a string or null."),
            };
        }
        catch (InvalidOperationException)
        {
            throw new BadParametersException("Parameter \"operationName\" is not Unicode.");
        }
    }

    private static ReadOnlyMemory<byte> ReadObject(ref Utf8JsonReader reader, ReadOnlyMemory<byte> body, string name)
    {
        reader.Read();
        if (reader.TokenType is JsonTokenType.Null) return default;
        if (reader.TokenType is not JsonTokenType.StartObject) throw NotAnObject(name);

        var start = (int)reader.TokenStartIndex;
        reader.Skip();
        return body[start..(int)reader.BytesConsumed];
    }

    private static ReadOnlyMemory<byte> JsonObject(string name, string text)
    {
        if (text.Length == 0) return default;
        var json = Encoding.UTF8.GetBytes(text);
        try
        {
            var value = JsonElement.Parse(json);
            return value.ValueKind switch
            {
                JsonValueKind.Object => json,
                JsonValueKind.Null => default(ReadOnlyMemory<byte>),
                _ => throw NotAnObject(name),
            };
        }
        catch (JsonException)
        {
            throw NotAnObject(name);
        }
    }

    private static BadParametersException NotAnObject(string name) =>
        new($"Parameter \"{name}\" must be a JSON object or null.");
}

/// <summary>Well-formed, but not a GraphQL request; the message is for the caller.</summary>
internal sealed class BadParametersException(string message) : Exception(message);
