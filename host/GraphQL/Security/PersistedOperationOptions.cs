using K12Hub.GraphQL.Execution;

namespace K12Hub.GraphQL.Security;

/// <summary>What an id in place of a document means.</summary>
public enum PersistedOperationMode
{
    /// <summary>Nothing; every request brings its document.</summary>
    Off,

    /// <summary>The trusted document of that SHA-256. Documents of the caller's own are answered, too.</summary>
    Prefer,

    /// <summary>The trusted document of that SHA-256, and nothing else is answered.</summary>
    Only,
}

/// <summary>Trusted documents: which there are, and whether others are answered beside them.</summary>
public sealed class PersistedOperationOptions
{
    /// <summary>What an id means.</summary>
    public PersistedOperationMode Mode { get; set; }

    /// <summary>The documents, read when the program starts.</summary>
    public TrustedDocuments Documents { get; set; } = TrustedDocuments.None;

    /// <summary>True answers trusted documents alone: <see cref="PersistedOperationMode.Only"/> as HotChocolate says
    /// it.</summary>
    public bool OnlyAllowPersistedDocuments
    {
        get => Mode is PersistedOperationMode.Only;
        set => Mode = value ? PersistedOperationMode.Only : PersistedOperationMode.Prefer;
    }

    /// <summary>True answers, where only trusted documents are, also the text of one in place of its id.</summary>
    public bool AllowDocumentBody { get; set; }

    /// <summary>True does not validate trusted documents at start; limits of the server are then not applied to them.
    /// For documents that were validated against this very schema when they were collected.</summary>
    public bool SkipPersistedDocumentValidation { get; set; }

    /// <summary>True keeps a document that came with its SHA-256, so that the next request may bring the hash alone.
    /// Saves bandwidth and protects nothing; has no effect where only trusted documents are answered.</summary>
    public bool AllowAutomaticPersistedOperations { get; set; }

    /// <summary>Whose requests are answered whatever they bring, even where only trusted documents are: developers, for
    /// instance. Null exempts nobody.</summary>
    public Func<GraphQLRequest, bool>? IsExempt { get; set; }
}
