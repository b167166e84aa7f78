using System.ComponentModel.DataAnnotations;
using System.Security.Claims;

namespace K12Hub.GraphQL.Http;

/// <summary>What answers with many results may cost: event streams and sockets. The defaults suit a server open to
/// strangers.</summary>
public sealed class StreamOptions
{
    /// <summary>Most event streams and sockets open at a time; more are answered 503.</summary>
    [Range(0, 1_000_000)]
    public int MaxStreams { get; set; } = 1_000;

    /// <summary>Most event streams and sockets of one user, or of one address while nobody signed in; more are
    /// answered 429.</summary>
    [Range(1, 1_000_000)]
    public int MaxStreamsPerUser { get; set; } = 32;

    /// <summary>Most executions at a time for all streams together: events, and queries and mutations over sockets.
    /// More wait for their turn.</summary>
    [Range(1, 100_000)]
    public int MaxConcurrentExecutions { get; set; } = 32;

    /// <summary>Most operations running on one socket; a further one gets an error.</summary>
    [Range(1, 10_000)]
    public int MaxOperationsPerSocket { get; set; } = 50;

    /// <summary>Largest message a socket may send, in bytes; a larger one closes it with 1009.</summary>
    [Range(256, 16 * 1024 * 1024)]
    public int MaxMessageBytes { get; set; } = 64 * 1024;

    /// <summary>How often a silent stream shows that it is alive: a comment, or a ping of the WebSocket protocol. A
    /// socket that answers none of two is dropped.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "01:00:00")]
    public TimeSpan Heartbeat { get; set; } = TimeSpan.FromSeconds(12);

    /// <summary>How long a socket may take to send <c>connection_init</c>; then it is closed with 4408.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:10:00")]
    public TimeSpan InitTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a receiver may take to take one message; then the connection is dropped.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:10:00")]
    public TimeSpan SendTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a socket may take to answer our closing it; then the connection is dropped.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:10:00")]
    public TimeSpan CloseTimeout { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>Other origins whose pages may open sockets, such as <c>https://staff.example</c>; pages of the server's
    /// own host always may, and programs, which send no origin.</summary>
    public IList<string> AllowedOrigins { get; } = [];

    /// <summary>Prepares the services of one event or socket operation, as middleware prepares those of a request: sets
    /// who asks.</summary>
    public Action<IServiceProvider, ClaimsPrincipal>? ScopeStarted { get; set; }
}
