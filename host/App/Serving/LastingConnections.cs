using K12Hub.Accounts;
using K12Hub.GraphQL.Http;
using K12Hub.Hosting;
using Microsoft.AspNetCore.Http.Features;

namespace K12Hub.App;

/// <summary>Sockets and event streams end when whoever opened them signs out, or may do other things than then: a
/// request is asked who it is from when it comes, these go on for hours.</summary>
internal static partial class LastingConnections
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(5);

    /// <summary>Whether a request opens a connection that lasts.</summary>
    public static bool IsLasting(HttpContext http) => IsSocket(http)
        || http.Request.Headers.Accept.ToString().Contains("text/event-stream", StringComparison.OrdinalIgnoreCase);

    // By HTTP/1.1 and by HTTP/2.
    private static bool IsSocket(HttpContext http) =>
        http.Request.Headers.Upgrade.ToString().Contains("websocket", StringComparison.OrdinalIgnoreCase)
        || http.Features.Get<IHttpExtendedConnectFeature>()?.IsExtendedConnect == true;

    /// <summary>Serves it, for as long as its caller may do the same.</summary>
    public static async Task ServeAsync(HttpContext http, Viewer caller, RequestDelegate next)
    {
        using var withdrawn = new CancellationTokenSource();
        using var over = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted);
        http.Features.Set(new Withdrawal(withdrawn.Token));
        var watching = WatchAsync(http, caller, withdrawn, over.Token);
        try
        {
            await next(http);
        }
        finally
        {
            await over.CancelAsync();
            await watching;
        }
    }

    private static async Task WatchAsync(
        HttpContext http, Viewer caller, CancellationTokenSource withdrawn, CancellationToken over)
    {
        var callers = http.RequestServices.GetRequiredService<Callers>();
        using var clock = new PeriodicTimer(LookAgain, http.RequestServices.GetRequiredService<TimeProvider>());
        try
        {
            while (await clock.WaitForNextTickAsync(over))
            {
                if (await IsStillAsync(callers, http, caller, over)) continue;

                await withdrawn.CancelAsync();
                // An event stream has no word for it.
                if (!IsSocket(http)) http.Abort();
                return;
            }
        }
        catch (OperationCanceledException) when (over.IsCancellationRequested)
        {
            // It was closed by itself.
        }
    }

    // Who cannot be asked for, because the database is away, can read nothing either: asked again the next time.
    private static async ValueTask<bool> IsStillAsync(
        Callers callers, HttpContext http, Viewer caller, CancellationToken ct)
    {
        try
        {
            return await callers.IsStillAsync(http, caller, ct);
        }
        catch (Npgsql.NpgsqlException failure)
        {
            var log = http.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger("K12Hub.Connections");
            LogUnknown(log, failure.GetType().Name);
            return true;
        }
    }

    [LoggerMessage(
        1, LogLevel.Warning, "Whether an open connection may go on is not known ({Exception}); it is asked again")]
    private static partial void LogUnknown(ILogger log, string exception);

    /// <summary>Cancelled when a connection may not go on.</summary>
    internal sealed record Withdrawal(CancellationToken Token);
}

/// <summary>A socket is that of the request it came with, until its caller may do other things.</summary>
internal sealed class CallerGuard : IConnectionGuard
{
    public ValueTask<ConnectionDecision> ConnectAsync(
        HttpContext http, System.Text.Json.JsonElement payload, CancellationToken cancellationToken) =>
        new(new ConnectionDecision(http.User, null)
        {
            Withdrawn = http.Features.Get<LastingConnections.Withdrawal>()?.Token ?? default,
        });
}
