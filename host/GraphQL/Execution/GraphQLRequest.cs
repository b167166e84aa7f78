using System.Security.Claims;
using System.Text;
using K12Hub.GraphQL.Security;
using K12Hub.GraphQL.Types;

namespace K12Hub.GraphQL.Execution;

/// <summary>One request as it came in: the document still text, the variables still JSON.</summary>
public sealed record GraphQLRequest
{
    /// <summary>The document in UTF-8; empty when only its id was sent.</summary>
    public required ReadOnlyMemory<byte> Document { get; init; }

    /// <summary>SHA-256 of the document in hexadecimal, in its place or as a proof of it; null when none was
    /// sent.</summary>
    public string? DocumentId { get; init; }

    /// <summary>True accepts the id of a trusted document alone, not that of one a caller sent before.</summary>
    public bool OnlyTrustedDocument { get; init; }

    /// <summary>Which operation of the document; may be null when it has only one.</summary>
    public string? OperationName { get; init; }

    /// <summary>A JSON object, or empty for none.</summary>
    public ReadOnlyMemory<byte> Variables { get; init; }

    /// <summary>Files that came beside the variables, by the key that stands for each in them; null for none.</summary>
    public IReadOnlyDictionary<string, IFile>? Files { get; init; }

    /// <summary>A JSON object, or empty for none; the executor itself does not read it.</summary>
    public ReadOnlyMemory<byte> Extensions { get; init; }

    /// <summary>Where resolvers get their services.</summary>
    public required IServiceProvider Services { get; init; }

    /// <summary>Makes the services of each event of a subscription, and of the one execution of a query or mutation
    /// that is streamed; may wait until there is room for it. Null uses <see cref="Services"/> for all.</summary>
    public Func<CancellationToken, ValueTask<RequestScope>>? BeginScope { get; init; }

    /// <summary>Who asks; a principal without identity when nobody signed in.</summary>
    public ClaimsPrincipal User { get; init; } = new();

    /// <summary>False refuses mutations, as for HTTP GET.</summary>
    public bool AllowMutations { get; init; } = true;

    /// <summary>True when the answer may have many results.</summary>
    internal bool IsStreamed { get; init; }

    /// <summary>Chosen by a caller who may send the same request again: mutations that keep it do their work once. Null
    /// when the request is not repeated.</summary>
    public string? IdempotencyKey { get; init; }

    /// <summary>What the caller wants to know of the operation's price.</summary>
    public CostMode Cost { get; init; }

    /// <summary>The parent of root fields; most schemas need none.</summary>
    public object? RootValue { get; init; }

    internal ValueTask<RequestScope> ScopeAsync(CancellationToken cancellationToken) =>
        BeginScope is { } begin ? begin(cancellationToken) : new(new RequestScope(Services, null));

    /// <summary>A request whose document is in a string, with its variables as JSON text.</summary>
    public static GraphQLRequest FromText(string document, IServiceProvider services, string? variables = null) => new()
    {
        Document = Encoding.UTF8.GetBytes(document),
        Services = services,
        Variables = variables is null ? default : Encoding.UTF8.GetBytes(variables),
    };
}
