namespace K12Hub.App;

/// <summary>A host that leaves SIGTERM and Ctrl-C to the command line, which turns them into cancellation for every
/// verb alike.</summary>
internal sealed class SignalsAreTheCommandLines : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
