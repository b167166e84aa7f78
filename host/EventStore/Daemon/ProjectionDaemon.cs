using System.Collections.Concurrent;
using System.Threading.Channels;
using Npgsql;

namespace K12Hub.EventStore;

/// <summary>Projects events in the background, beside the daemons of all other nodes. Woken by
/// <see cref="AppendSignals"/>, and looks unasked now and then.</summary>
public sealed class ProjectionDaemon : IAsyncDisposable
{
    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(1);

    // However many signals come: to ask what is settled is to look through all locks of the server.
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(50);

    private readonly DocumentStore _store;
    private readonly ProjectionOptions _options;
    private readonly IReadOnlyList<Projector> _projectors;
    private readonly ProjectionRun _run;
    private readonly Channel<bool> _woken = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    private readonly ConcurrentDictionary<(Projector, short), Task> _working = new();
    private readonly SemaphoreSlim _free;
    private CancellationTokenSource? _stop;
    private Task _loops = Task.CompletedTask;

    internal ProjectionDaemon(DocumentStore store, ProjectorSet projectors)
    {
        (_store, _options, _projectors) = (store, store.Options.Projections, projectors.Async);
        ArgumentOutOfRangeException.ThrowIfLessThan(_options.MaxConcurrency, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(_options.MaxConcurrency, 64);
        ArgumentOutOfRangeException.ThrowIfLessThan(_options.PageSize, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(_options.PageSize, 10_000);
        _free = new(_options.MaxConcurrency);
        _run = new(new(store.DataSource), _options, trouble => Troubled?.Invoke(trouble));
    }

    /// <summary>What a person should know of. Called from the daemon's own tasks; must not throw.</summary>
    public event Action<ProjectionTrouble>? Troubled;

    /// <summary>Whether it runs.</summary>
    public bool IsRunning => _stop is not null;

    /// <summary>Begins; does nothing when it runs already, when no projection is
    /// <see cref="ProjectionLifecycle.Async"/>, or with <see cref="DaemonMode.Disabled"/>.</summary>
    public void StartAll()
    {
        if (_stop is not null || _projectors.Count == 0 || _options.DaemonMode is DaemonMode.Disabled)
        {
            return;
        }

        _stop = new();
        _loops = Task.WhenAll(FollowAsync(_stop.Token), ListenAsync(_stop.Token));
    }

    /// <summary>Stops and waits until nothing is running; pages at hand are given up and done again later.</summary>
    public async Task StopAllAsync()
    {
        if (Interlocked.Exchange(ref _stop, null) is not { } stop)
        {
            return;
        }

        await stop.CancelAsync();
        await _loops;
        await Task.WhenAll(_working.Values);
        StoreTelemetry.Forget(this);
        stop.Dispose();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await StopAllAsync();
        _free.Dispose();
    }

    private async Task FollowAsync(CancellationToken ct)
    {
        await Task.Yield();
        while (!ct.IsCancellationRequested)
        {
            var pause = _options.PollInterval;
            try
            {
                foreach (var (projector, tenant) in await BehindAsync(ct))
                {
                    Work(projector, tenant, ct);
                }
            }
            catch (OperationCanceledException) when (ct.IsCancellationRequested)
            {
                return;
            }
            catch (Exception failure)
            {
                Report(null, null, failure);
                pause = AfterFailure;
            }

            await Task.Delay(BetweenLooks, _store.Options.Time, ct)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await SleepAsync(pause, ct);
        }
    }

    private async Task<List<(Projector, short)>> BehindAsync(CancellationToken ct)
    {
        await using var command = _store.AllDistricts.CreateCommand(
            "select tenant_id, name, mode, lag from es.projections_behind($1)");
        command.Parameters.Add(new NpgsqlParameter<string[]>
        {
            TypedValue = [.. _projectors.Select(p => p.Checkpoint)],
        });
        await using var rows = await command.ExecuteReaderAsync(ct);
        var behind = new List<(Projector, short)>();
        var lags = new Dictionary<(string, short), long>();
        while (await rows.ReadAsync(ct))
        {
            var (tenant, name) = (rows.GetInt16(0), rows.GetString(1));
            var projector = _projectors.First(p => p.Checkpoint == name);
            lags.Add((projector.Name, tenant), rows.GetInt64(3));
            if (rows.GetString(2) == "async")
            {
                behind.Add((projector, tenant));
            }
        }

        StoreTelemetry.Saw(this, lags);
        return behind;
    }

    /// <summary>Starts the work unless it is being done; as many at once as there may be.</summary>
    private void Work(Projector projector, short tenant, CancellationToken ct)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        if (_working.TryAdd((projector, tenant), started.Task))
        {
            _ = WorkAsync(projector, tenant, started, ct);
        }
    }

    private async Task WorkAsync(Projector projector, short tenant, TaskCompletionSource ended, CancellationToken ct)
    {
        var more = false;
        try
        {
            await _free.WaitAsync(ct);
            try
            {
                more = await _run.RunAsync(projector, tenant, ct);
            }
            finally
            {
                _free.Release();
            }
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            more = false; // Nothing was committed; whoever comes next does it.
        }
        catch (Exception failure)
        {
            // The loop comes back to it at its next look.
            Report(projector.Name, tenant, failure);
        }

        _working.TryRemove((projector, tenant), out _);
        ended.SetResult();
        if (more)
        {
            Wake();
        }
    }

    private async Task ListenAsync(CancellationToken ct)
    {
        await Task.Yield();
        while (!ct.IsCancellationRequested)
        {
            try
            {
                await foreach (var _ in _store.Signals.ListenAsync(ct))
                {
                    Wake();
                }
            }
            catch (OperationCanceledException) when (ct.IsCancellationRequested)
            {
                return;
            }
            catch (Exception silent) when (silent is NpgsqlException or IOException or ObjectDisposedException)
            {
                Report(null, null, silent);
                await Task.Delay(AfterFailure, _store.Options.Time, ct)
                    .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private void Wake() => _woken.Writer.TryWrite(true);

    private async Task SleepAsync(TimeSpan longest, CancellationToken ct)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var woken = _woken.Reader.WaitToReadAsync(patience.Token).AsTask();
        await Task.WhenAny(woken, Task.Delay(longest, _store.Options.Time, patience.Token));
        await patience.CancelAsync();
        _woken.Reader.TryRead(out _);
    }

    private void Report(string? projection, short? tenant, Exception cause) => Troubled?.Invoke(
        new(projection, tenant is { } district ? new DistrictId(district) : null, false, null, cause));
}
