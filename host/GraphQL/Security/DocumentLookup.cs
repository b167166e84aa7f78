using System.Collections.Frozen;
using K12Hub.GraphQL.Execution;
using K12Hub.GraphQL.Planning;

namespace K12Hub.GraphQL.Security;

/// <summary>From a request to its document: a trusted one by its id, or the caller's own where that is
/// allowed.</summary>
internal sealed class DocumentLookup
{
    private readonly DocumentPreparation preparation;
    private readonly PersistedOperationOptions options;
    private readonly FrozenDictionary<string, PreparedDocument>.AlternateLookup<ReadOnlySpan<char>> trusted;
    private readonly AutomaticDocuments? automatic;

    /// <exception cref="TrustedDocumentsException">A trusted document is not one of this schema.</exception>
    public DocumentLookup(DocumentPreparation preparation, RequestExecutorOptions options)
    {
        this.preparation = preparation;
        this.options = options.PersistedOperations;
        trusted = Compile().GetAlternateLookup<ReadOnlySpan<char>>();
        if (this.options is { AllowAutomaticPersistedOperations: true, Mode: not PersistedOperationMode.Only })
        {
            automatic = new AutomaticDocuments(options.PlanCacheSize, options.PlanCacheBytes);
        }
    }

    /// <summary>Documents of callers that are kept, and their bytes.</summary>
    public (int Count, long Bytes) Kept => preparation.Kept;

    /// <returns>Null with the refusal.</returns>
    public PreparedDocument? Find(GraphQLRequest request, out ExecutionResult? refusal)
    {
        if (request.DocumentId is { } id) return Find(id, request, out refusal);

        if (options.Mode is not PersistedOperationMode.Only || options.IsExempt?.Invoke(request) == true)
        {
            return preparation.Prepare(request.Document, out refusal);
        }

        if (options.AllowDocumentBody && trusted.TryGetValue(DocumentId.Of(request.Document.Span), out var known))
        {
            refusal = null;
            return known;
        }

        refusal = DocumentRefusals.Required;
        return null;
    }

    private PreparedDocument? Find(string id, GraphQLRequest request, out ExecutionResult? refusal)
    {
        var hash = DocumentId.Normalize(id);
        if (!request.Document.IsEmpty) return WithText(hash, request, out refusal);

        refusal = null;
        if (trusted.TryGetValue(hash, out var known)) return known;
        if (automatic is not null && !request.OnlyTrustedDocument && automatic.TryGet(hash, out var text))
        {
            return preparation.Prepare(text, out refusal);
        }

        refusal = options.Mode is PersistedOperationMode.Off && automatic is null
            ? DocumentRefusals.NotSupported
            : automatic is null ? DocumentRefusals.Unknown : DocumentRefusals.UnknownYet;
        return null;
    }

    private PreparedDocument? WithText(
        ReadOnlySpan<char> hash, GraphQLRequest request, out ExecutionResult? refusal)
    {
        var actual = DocumentId.Of(request.Document.Span);
        if (!hash.SequenceEqual(actual))
        {
            refusal = DocumentRefusals.Mismatch;
            return null;
        }

        var document = Find(request with { DocumentId = null }, out refusal);
        if (document is not null) automatic?.Add(actual, request.Document.Span);
        return document;
    }

    private FrozenDictionary<string, PreparedDocument> Compile()
    {
        var compiled = new Dictionary<string, PreparedDocument>(StringComparer.Ordinal);
        if (options.Mode is PersistedOperationMode.Off) return FrozenDictionary<string, PreparedDocument>.Empty;

        var faults = new List<string>();
        foreach (var (id, text) in options.Documents.All)
        {
            if (preparation.PrepareTrusted(text, out var fault) is { } document) compiled.Add(id, document);
            else faults.Add($"{id}: {fault}");
        }

        return faults.Count == 0
            ? compiled.ToFrozenDictionary(StringComparer.Ordinal)
            : throw new TrustedDocumentsException("checked against the schema", faults);
    }
}
