using System.Security.Claims;
using K12Hub.GraphQL.Execution;
using Microsoft.Extensions.DependencyInjection;

namespace K12Hub.GraphQL.Http;

/// <summary>Services for executions that do not have a request of their own, and room for only so many of them at a
/// time.</summary>
internal sealed class StreamScopes(IServiceScopeFactory scopes, StreamOptions options) : IDisposable
{
    private readonly SemaphoreSlim room = new(options.MaxConcurrentExecutions);

    /// <summary>Waits until there is room for one more execution.</summary>
    public async ValueTask<RequestScope> BeginAsync(ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        await room.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var scope = Open(user);
            return scope with { Lifetime = new Room(scope, room) };
        }
        catch
        {
            room.Release();
            throw;
        }
    }

    /// <summary>Services without an execution, such as those of the source of a subscription.</summary>
    public RequestScope Open(ClaimsPrincipal user)
    {
        var scope = scopes.CreateAsyncScope();
        options.ScopeStarted?.Invoke(scope.ServiceProvider, user);
        return new RequestScope(scope.ServiceProvider, scope);
    }

    public void Dispose() => room.Dispose();

    private sealed class Room(RequestScope scope, SemaphoreSlim room) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            try
            {
                await scope.DisposeAsync().ConfigureAwait(false);
            }
            finally
            {
                room.Release();
            }
        }
    }
}
