using System.ComponentModel.DataAnnotations;

namespace K12Hub.GraphQL.Http;

/// <summary>What the endpoint accepts. The defaults suit a server open to strangers.</summary>
public sealed class GraphQLHttpOptions
{
    /// <summary>Largest request body in bytes.</summary>
    [Range(1, 16 * 1024 * 1024)]
    public int MaxBodyBytes { get; set; } = 64 * 1024;

    /// <summary>True answers queries over GET. Off by default: a link must not be able to ask in a visitor's
    /// name.</summary>
    public bool EnableGet { get; set; }

    /// <summary>True answers GET only with the header <c>GraphQL-Preflight</c>, which no link or image can
    /// send.</summary>
    public bool GetRequiresPreflight { get; set; } = true;

    /// <summary>Which text of GraphQL over HTTP decides the status codes.</summary>
    public HttpStatusProfile StatusProfile { get; set; } = HttpStatusProfile.Watershed2025;

    /// <summary>Most requests executed at a time.</summary>
    [Range(1, 100_000)]
    public int MaxConcurrentExecutions { get; set; } = 64;

    /// <summary>Most requests waiting for their turn; more are answered 503 at once.</summary>
    [Range(0, 100_000)]
    public int MaxQueuedExecutions { get; set; } = 256;

    /// <summary>When a caller refused with 503 should come back, in seconds.</summary>
    [Range(1, 3600)]
    public int RetryAfterSeconds { get; set; } = 1;
}
