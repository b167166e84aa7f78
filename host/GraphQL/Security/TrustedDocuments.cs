using System.Collections.Frozen;
using System.Text;

namespace K12Hub.GraphQL.Security;

/// <summary>Documents the server knows before the first request, each by the SHA-256 of its bytes.</summary>
public sealed class TrustedDocuments
{
    private readonly FrozenDictionary<string, ReadOnlyMemory<byte>> documents;

    private TrustedDocuments(IEnumerable<KeyValuePair<string, ReadOnlyMemory<byte>>> documents) =>
        this.documents = documents.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>None at all.</summary>
    public static TrustedDocuments None { get; } = new([]);

    /// <summary>How many there are.</summary>
    public int Count => documents.Count;

    /// <summary>The ids: 64 digits of lower-case hexadecimal each.</summary>
    public IEnumerable<string> Ids => documents.Keys;

    internal IEnumerable<KeyValuePair<string, ReadOnlyMemory<byte>>> All => documents;

    /// <summary>These texts; their ids are computed.</summary>
    public static TrustedDocuments Of(params IEnumerable<string> texts)
    {
        ArgumentNullException.ThrowIfNull(texts);
        var documents = new Dictionary<string, ReadOnlyMemory<byte>>(StringComparer.Ordinal);
        foreach (var text in texts.Select(Encoding.UTF8.GetBytes)) documents[DocumentId.Of(text)] = text;
        return new TrustedDocuments(documents);
    }

    /// <summary>Reads a folder or a manifest: <c>*.graphql</c> files, each named by the SHA-256 of its bytes, and
    /// <c>*.json</c> files, each an object from SHA-256 to text as GraphQL Code Generator and Relay write it.</summary>
    /// <exception cref="TrustedDocumentsException">A file cannot be read, or is not what its name says; the message
    /// lists all of them.</exception>
    public static TrustedDocuments Load(string path)
    {
        var (documents, faults) = TrustedDocumentFiles.Read(path);
        return faults.Count == 0 ? new TrustedDocuments(documents) : throw new TrustedDocumentsException(path, faults);
    }
}

/// <summary>The trusted documents are not fit to start with.</summary>
public sealed class TrustedDocumentsException : Exception
{
    internal TrustedDocumentsException(string where, IReadOnlyCollection<string> faults)
        : base($"Trusted documents ({where}): {string.Join(' ', faults)}") =>
        Faults = faults;

    /// <summary>One sentence for each fault.</summary>
    public IReadOnlyCollection<string> Faults { get; }
}
