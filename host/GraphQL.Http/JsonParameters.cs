using System.Text.Json;
using System.Text.Unicode;

namespace K12Hub.GraphQL.Http;

/// <summary>Reads the parameters of a request from the JSON of a POST.</summary>
internal static class JsonParameters
{
    [Flags]
    private enum Seen
    {
        None = 0,
        Query = 1,
        Id = 2,
        OperationName = 4,
        Variables = 8,
        Extensions = 16,
    }

    /// <summary>Reads a body.</summary>
    /// <exception cref="JsonException">The body is not JSON, or nested too deep.</exception>
    /// <exception cref="BadParametersException">It is JSON, but no GraphQL request.</exception>
    public static RequestParameters Read(ReadOnlyMemory<byte> body, int maxDepth)
    {
        if (!Utf8.IsValid(body.Span)) throw new JsonException("The body is not UTF-8.");

        var reader = new Utf8JsonReader(body.Span, new JsonReaderOptions { MaxDepth = maxDepth });
        reader.Read();
        if (reader.TokenType is JsonTokenType.StartArray)
        {
            throw new BadParametersException(
                "Batches are not supported; send one request at a time.", "HTTP_BATCH_NOT_SUPPORTED");
        }

        if (reader.TokenType is not JsonTokenType.StartObject)
        {
            throw new BadParametersException("The body must be a JSON object.");
        }

        var parameters = default(RequestParameters);
        var seen = Seen.None;
        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            parameters = ReadProperty(ref reader, body, parameters, ref seen);
        }

        // Anything after the object is not JSON.
        reader.Read();
        return parameters.WithHashOfExtensions();
    }

    /// <summary>A string or null.</summary>
    /// <exception cref="BadParametersException">It is neither, or no Unicode.</exception>
    public static string? ReadText(ref Utf8JsonReader reader, string name)
    {
        try
        {
            return reader.TokenType switch
            {
                JsonTokenType.String => reader.GetString(),
                JsonTokenType.Null => null,
                _ => throw new BadParametersException($"Parameter \"{name}\" must be a string or null."),
            };
        }
        catch (InvalidOperationException)
        {
            throw new BadParametersException($"Parameter \"{name}\" is not Unicode.");
        }
    }

    /// <summary>Whether the property the reader stands at has a name.</summary>
    /// <exception cref="BadParametersException">What it has is no Unicode.</exception>
    public static bool IsNamed(ref Utf8JsonReader reader, ReadOnlySpan<byte> name)
    {
        try
        {
            return reader.ValueTextEquals(name);
        }
        catch (InvalidOperationException)
        {
            throw new BadParametersException("The name of a parameter holds half a surrogate pair.");
        }
    }

    private static RequestParameters ReadProperty(
        ref Utf8JsonReader reader, ReadOnlyMemory<byte> body, RequestParameters parameters, ref Seen seen)
    {
        var property = PropertyOf(ref reader);
        if ((seen & property) != 0)
        {
            // Whoever looked at the request before us may have taken the other one.
            throw new BadParametersException($"Parameter \"{NameOf(property)}\" is there twice.");
        }

        seen |= property;
        reader.Read();
        switch (property)
        {
            case Seen.Query: return parameters with { Document = ReadDocument(ref reader, body) };
            case Seen.Id: return parameters with { DocumentId = ReadText(ref reader, "id") };
            case Seen.OperationName:
                return parameters with { OperationName = ReadText(ref reader, "operationName") };
            case Seen.Variables: return parameters with { Variables = ReadObject(ref reader, body, "variables") };
            case Seen.Extensions: return parameters with { Extensions = ReadObject(ref reader, body, "extensions") };
            default:
                reader.Skip();
                return parameters;
        }
    }

    private static Seen PropertyOf(ref Utf8JsonReader reader)
    {
        if (IsNamed(ref reader, "query"u8)) return Seen.Query;
        if (IsNamed(ref reader, "operationName"u8)) return Seen.OperationName;
        if (IsNamed(ref reader, "variables"u8)) return Seen.Variables;
        if (IsNamed(ref reader, "extensions"u8)) return Seen.Extensions;
        return IsNamed(ref reader, "id"u8) || IsNamed(ref reader, "documentId"u8) ? Seen.Id : Seen.None;
    }

    private static string NameOf(Seen property) => property switch
    {
        Seen.Query => "query",
        Seen.OperationName => "operationName",
        Seen.Variables => "variables",
        Seen.Extensions => "extensions",
        _ => "id",
    };

    private static ReadOnlyMemory<byte> ReadDocument(ref Utf8JsonReader reader, ReadOnlyMemory<byte> body)
    {
        if (reader.TokenType is JsonTokenType.Null) return default;
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

    private static ReadOnlyMemory<byte> ReadObject(ref Utf8JsonReader reader, ReadOnlyMemory<byte> body, string name)
    {
        if (reader.TokenType is JsonTokenType.Null) return default;
        if (reader.TokenType is not JsonTokenType.StartObject)
        {
            throw new BadParametersException($"Parameter \"{name}\" must be a JSON object or null.");
        }

        var start = (int)reader.TokenStartIndex;
        reader.Skip();
        return body[start..(int)reader.BytesConsumed];
    }
}
