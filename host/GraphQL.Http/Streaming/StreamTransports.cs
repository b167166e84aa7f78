using K12Hub.GraphQL.Execution;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace K12Hub.GraphQL.Http;

/// <summary>The two ways to get many results: server-sent events and sockets. All of them end when the server
/// stops.</summary>
internal sealed class StreamTransports : IDisposable
{
    private readonly IRequestExecutor executor;
    private readonly GraphQLHttpOptions options;
    private readonly CancellationToken stopping;
    private readonly StreamGate gate;
    private readonly StreamScopes scopes;
    private readonly SocketEndpoint sockets;

    public StreamTransports(
        IRequestExecutor executor, IOptions<GraphQLHttpOptions> options, IServiceProvider services)
    {
        this.executor = executor;
        this.options = options.Value;
        stopping = services.GetService<IHostApplicationLifetime>()?.ApplicationStopping ?? default;
        gate = new StreamGate(this.options.Streams);
        scopes = new StreamScopes(services.GetRequiredService<IServiceScopeFactory>(), this.options.Streams);
        sockets = new SocketEndpoint(
            executor,
            services.GetService<IConnectionGuard>() ?? new RequestConnectionGuard(),
            scopes,
            this.options,
            services.GetService<TimeProvider>() ?? TimeProvider.System,
            services.GetRequiredService<ILogger<SocketEndpoint>>());
    }

    public void Dispose() => scopes.Dispose();

    /// <summary>Answers a request with an event stream.</summary>
    /// <exception cref="HttpRefusal">There are too many streams.</exception>
    public async Task AnswerAsync(HttpContext http, RequestParameters parameters)
    {
        using var lease = gate.Enter(http);
        var request = parameters.ToRequest(http, options.AllowedGetOperations) with
        {
            BeginScope = ct => scopes.BeginAsync(http.User, ct),
        };
        await new EventStreamResponse(http, options.Streams, stopping)
            .WriteAsync(ct => executor.StreamAsync(request, ct)).ConfigureAwait(false);
    }

    /// <summary>Serves a socket.</summary>
    /// <exception cref="HttpRefusal">There are too many, or its origin is not known.</exception>
    public async Task AcceptAsync(HttpContext http)
    {
        using var lease = gate.Enter(http);
        await sockets.HandleAsync(http, stopping).ConfigureAwait(false);
    }
}
