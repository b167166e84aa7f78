using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace K12Hub.GraphQL.Http;

/// <summary>What may be asked over GET.</summary>
public enum AllowedGetOperations
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>Queries of trusted documents, by their id.</summary>
    TrustedDocuments,

    /// <summary>Any query.</summary>
    Query,
}

/// <summary>What the endpoint accepts. The defaults suit a server open to strangers.</summary>
public sealed class GraphQLHttpOptions
{
    /// <summary>Largest request body in bytes; files that are uploaded have limits of their own.</summary>
    [Range(1, 16 * 1024 * 1024)]
    public int MaxBodyBytes { get; set; } = 64 * 1024;

    /// <summary>Objects and lists within each other in a request body.</summary>
    [Range(2, 64)]
    public int MaxJsonDepth { get; set; } = 32;

    /// <summary>Longest time a caller may take to send a request body without files.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:10:00")]
    public TimeSpan BodyTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>What may be asked over GET. Trusted documents alone by default: a link must not be able to ask what
    /// its author likes in a visitor's name.</summary>
    public AllowedGetOperations AllowedGetOperations { get; set; } = AllowedGetOperations.TrustedDocuments;

    /// <summary>True answers GET only with the preflight header, which no link or image can send.</summary>
    public bool EnforceGetRequestsPreflightHeader { get; set; } = true;

    /// <summary>True takes uploads only with the preflight header, which no form of another site can send.</summary>
    public bool EnforceMultipartRequestsPreflightHeader { get; set; } = true;

    /// <summary>Name of the preflight header; browsers ask the server before they let another site send it.</summary>
    [Required, RegularExpression("[A-Za-z0-9-]+")]
    public string PreflightHeader { get; set; } = "GraphQL-Preflight";

    /// <summary>What may be uploaded, where the schema takes files at all.</summary>
    public UploadOptions Upload { get; } = new();

    /// <summary>Whether the explorer, a page for developers, is there; null for where the host's environment is
    /// Development.</summary>
    public bool? EnableExplorer { get; set; }

    /// <summary>Which text of GraphQL over HTTP decides the status codes.</summary>
    public HttpStatusProfile StatusProfile { get; set; } = HttpStatusProfile.Watershed2025;

    /// <summary>Most requests executed at a time.</summary>
    [Range(1, 100_000)]
    public int MaxConcurrentExecutions { get; set; } = 64;

    /// <summary>Most requests waiting for their turn; more are answered 503 at once.</summary>
    [Range(0, 100_000)]
    public int MaxQueuedExecutions { get; set; } = 256;

    /// <summary>Event streams and sockets.</summary>
    [ValidateObjectMembers]
    public StreamOptions Streams { get; } = new();

    /// <summary>When a caller refused with 503 should come back, in seconds.</summary>
    [Range(1, 3600)]
    public int RetryAfterSeconds { get; set; } = 1;
}
