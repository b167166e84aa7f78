using K12Hub.EventStore;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace K12Hub.Hosting;

/// <summary>What a process does besides answering: it sends what is owed, says when jobs are due, and copies events
/// into the audit trail. Nothing happens before <see cref="Begin"/>, which is called when the database is
/// ready.</summary>
public sealed partial class BackgroundWork : IHostedService, IDisposable
{
    private static readonly TimeSpan AfterBug = TimeSpan.FromSeconds(5);

    private readonly OutboxDispatcher dispatcher;
    private readonly JobClock clock;
    private readonly EventNoting? noting;
    private readonly OutboxSettings settings;
    private readonly TimeProvider time;
    private readonly ILogger<BackgroundWork> logger;
    private readonly CancellationTokenSource stop = new();
    private Task running = Task.CompletedTask;

    internal BackgroundWork(
        OutboxDispatcher dispatcher, JobClock clock, EventNoting? noting, OutboxSettings settings, TimeProvider time,
        ILogger<BackgroundWork> logger) =>
        (this.dispatcher, this.clock, this.noting, this.settings, this.time, this.logger) =
        (dispatcher, clock, noting, settings, time, logger);

    /// <summary>What operators should know of the outbox, in a clause; null when all is well.</summary>
    public string? Complaint
    {
        get
        {
            var oldest = dispatcher.Standing.Min(kind => kind.OldestDue);
            var late = oldest is { } since ? time.GetUtcNow() - since : TimeSpan.Zero;
            return late > TimeSpan.FromMinutes(settings.LateAfterMinutes)
                ? $"the oldest message is {(int)late.TotalMinutes} minutes late"
                : null;
        }
    }

    /// <summary>Begins.</summary>
    public void Begin() => running = Task.WhenAll(
        RunAsync(dispatcher.RunAsync, stop.Token), RunAsync(clock.RunAsync, stop.Token),
        noting is null ? Task.CompletedTask : RunAsync(noting.RunAsync, stop.Token));

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Takes nothing new, and waits for what is under way as long as the settings allow.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await stop.CancelAsync().ConfigureAwait(false);
        await running.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public void Dispose() => stop.Dispose();

    /// <summary>A bug in one of them must not end the sending of everything for good.</summary>
    private async Task RunAsync(Func<CancellationToken, Task> work, CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            try
            {
                await work(ct).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (ct.IsCancellationRequested)
            {
                return;
            }
            catch (Exception bug)
            {
                var (kind, stack) = (bug.GetType().Name, bug.StackTrace);
                LogBug(kind, stack);
                await Task.Delay(AfterBug, time, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    [LoggerMessage(
        Level = LogLevel.Critical, Message = "Background work failed with {Exception}; it begins anew.\n{Stack}")]
    private partial void LogBug(string exception, string? stack);
}
