using System.Text.Json;
using K12Hub.GraphQL.Execution;
using K12Hub.GraphQL.Security;
using K12Hub.GraphQL.Types;
using Microsoft.AspNetCore.Http;

namespace K12Hub.GraphQL.Http;

/// <summary>The parameters of GraphQL over HTTP: <c>query</c>, <c>id</c>, <c>operationName</c>, <c>variables</c> and
/// <c>extensions</c>. The last two stay JSON; they point into the body they were read from.</summary>
internal readonly record struct RequestParameters(
    ReadOnlyMemory<byte> Document,
    string? DocumentId,
    string? OperationName,
    ReadOnlyMemory<byte> Variables,
    ReadOnlyMemory<byte> Extensions)
{
    /// <summary>Files that came beside the variables; null without.</summary>
    public IReadOnlyDictionary<string, IFile>? Files { get; init; }

    /// <summary>The request to execute.</summary>
    public GraphQLRequest ToRequest(HttpContext http, AllowedGetOperations allowedGet)
    {
        var isGet = HttpMethods.IsGet(http.Request.Method);

        // The headers of a socket are those of all its operations, and say nothing about one of them.
        var isAlone = !http.WebSockets.IsWebSocketRequest;
        return new GraphQLRequest
        {
            Document = Document,
            DocumentId = DocumentId,
            OnlyTrustedDocument = isGet && allowedGet is not AllowedGetOperations.Query,
            OperationName = OperationName,
            Variables = Variables,
            Extensions = Extensions,
            Files = Files,
            IdempotencyKey = isAlone ? Http.IdempotencyKey.Of(http.Request) : null,
            Services = http.RequestServices,
            User = http.User,
            AllowMutations = !isGet,
            Cost = isAlone ? CostHeader.Read(http.Request) : CostMode.Enforce,
        };
    }

    /// <summary>That there is something to execute.</summary>
    /// <exception cref="BadParametersException">There is neither document nor id.</exception>
    public RequestParameters Checked() => Document.IsEmpty && DocumentId is null
        ? throw new BadParametersException("Parameter \"query\" is missing.")
        : this;

    /// <summary>As a request for the document of an address.</summary>
    /// <exception cref="BadParametersException">The request brings a document or an id of its own.</exception>
    public RequestParameters At(PersistedAddress address) => Document.IsEmpty && DocumentId is null
        ? this with { DocumentId = address.Id, OperationName = address.OperationName ?? OperationName }
        : throw new BadParametersException("This address is that of a document; send none and no id.");

    /// <summary>The id Apollo's clients send: <c>{"persistedQuery":{"version":1,"sha256Hash":"…"}}</c>.</summary>
    public RequestParameters WithHashOfExtensions()
    {
        if (DocumentId is not null || Extensions.IsEmpty) return this;

        var reader = new Utf8JsonReader(Extensions.Span);
        reader.Read();
        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            var isOurs = JsonParameters.IsNamed(ref reader, "persistedQuery"u8);
            reader.Read();
            if (isOurs && reader.TokenType is JsonTokenType.StartObject)
            {
                return this with { DocumentId = HashOf(ref reader) };
            }

            reader.Skip();
        }

        return this;
    }

    private static string? HashOf(ref Utf8JsonReader reader)
    {
        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            var isHash = JsonParameters.IsNamed(ref reader, "sha256Hash"u8);
            reader.Read();
            if (isHash) return JsonParameters.ReadText(ref reader, "sha256Hash");
            reader.Skip();
        }

        return null;
    }
}
