using System.Threading.Channels;
using K12Hub.EventStore;
using Microsoft.Extensions.Logging;
using Npgsql;
using Quartz;

namespace K12Hub.Hosting;

/// <summary>Says when recurring jobs are due. Quartz is the alarm clock; that a run is owed is written to the outbox,
/// where every process may say it and the first one wins.</summary>
/// <remarks>Quartz keeps its schedules in memory. What was due while no process ran is found by comparing the schedule
/// with the last fire time in the database: one run makes up for all that were missed.</remarks>
public sealed partial class JobClock
{
    // Schedules may change on another process, and a run that could not be written down is tried again.
    private static readonly TimeSpan Unasked = TimeSpan.FromSeconds(30);

    private readonly DocumentStore store;
    private readonly JobsSettings settings;
    private readonly IReadOnlyList<DeclaredJob> declared;
    private readonly TimeProvider time;
    private readonly ILogger<JobClock> logger;
    private readonly Channel<bool> signal = Channel.CreateBounded<bool>(1);
    private readonly Dictionary<JobKey, Alarm> alarms = [];

    internal JobClock(
        DocumentStore store, JobsSettings settings, IReadOnlyList<DeclaredJob> declared, TimeProvider time,
        ILogger<JobClock> logger) =>
        (this.store, this.settings, this.declared, this.time, this.logger) =
        (store, settings, declared, time, logger);

    /// <summary>Schedules may have changed.</summary>
    internal void LookAgain() => signal.Writer.TryWrite(true);

    /// <summary>Makes the declared jobs known, and watches all schedules until it is stopped.</summary>
    internal async Task RunAsync(CancellationToken stop)
    {
        await DeclareAsync(stop).ConfigureAwait(false);
        var scheduler = await AlarmClock.BuildAsync(time, OnAlarm, stop).ConfigureAwait(false);
        try
        {
            await scheduler.Start(stop).ConfigureAwait(false);
            while (!stop.IsCancellationRequested)
            {
                await LookAsync(scheduler, stop).ConfigureAwait(false);
                await SleepAsync(stop).ConfigureAwait(false);
            }
        }
        finally
        {
            alarms.Clear();
            await scheduler.Shutdown(true, CancellationToken.None).ConfigureAwait(false);
        }
    }

    /// <summary>Registers what modules declare, in every district, and forgets what they no longer do.</summary>
    internal async Task DeclareAsync(CancellationToken ct)
    {
        foreach (var district in settings.DistrictIds)
        {
            foreach (var job in declared)
            {
                var cron = settings.Schedules.GetValueOrDefault(job.Id) ?? job.Cron;
                await store.Jobs.RegisterAsync(
                    district, job.Id, job.Job, cron, settings.Zone.Id, declared: true, ct).ConfigureAwait(false);
            }
        }

        var all = await store.Jobs.AllAsync(ct).ConfigureAwait(false);
        foreach (var gone in all.Where(job => job.Declared && declared.All(known => known.Id != job.Id)))
        {
            await store.Jobs.RemoveAsync(gone.Tenant, gone.Id, ct).ConfigureAwait(false);
        }
    }

    /// <summary>Owes the runs that are due.</summary>
    /// <returns>The schedules there are.</returns>
    internal async Task<IReadOnlyList<ScheduledJob>> OweAsync(CancellationToken ct)
    {
        var all = await store.Jobs.AllAsync(ct).ConfigureAwait(false);
        foreach (var job in all)
        {
            if (TimesOf(job) is not { } times) continue;

            var now = time.GetUtcNow();
            if (times.LastBetween(job.After, now) is { } fire)
            {
                await store.Jobs.FireAsync(job, fire, times.NextAfter(now), new JobCall(job.Id, fire), ct)
                    .ConfigureAwait(false);
            }
            else
            {
                await store.Jobs.NextAsync(job, times.NextAfter(now), ct).ConfigureAwait(false);
            }
        }

        return all;
    }

    private async Task LookAsync(IScheduler scheduler, CancellationToken ct)
    {
        try
        {
            var all = await OweAsync(ct).ConfigureAwait(false);
            await SetAlarmsAsync(scheduler, all, ct).ConfigureAwait(false);
        }
        catch (Exception outage) when (outage is NpgsqlException or TimeoutException)
        {
            var code = outage.GetType().Name;
            LogOutage(code);
        }
    }

    private async Task SetAlarmsAsync(IScheduler scheduler, IReadOnlyList<ScheduledJob> all, CancellationToken ct)
    {
        var wanted = all.Where(job => TimesOf(job) is not null)
            .ToDictionary(AlarmClock.KeyOf, job => new Alarm(job.Cron, job.TimeZone));
        foreach (var (key, alarm) in alarms.ToList())
        {
            if (wanted.GetValueOrDefault(key) == alarm) continue;

            await scheduler.DeleteJob(key, ct).ConfigureAwait(false);
            alarms.Remove(key);
        }

        foreach (var (key, alarm) in wanted)
        {
            if (alarms.TryAdd(key, alarm))
            {
                await AlarmClock.SetAsync(
                    scheduler, key, alarm.Cron, TimeZoneInfo.FindSystemTimeZoneById(alarm.TimeZone), time, ct)
                    .ConfigureAwait(false);
            }
        }
    }

    /// <summary>The fire times of a schedule; null, and a word in the log, when this machine cannot tell.</summary>
    private FireTimes? TimesOf(ScheduledJob job)
    {
        if (TimeZoneInfo.TryFindSystemTimeZoneById(job.TimeZone, out var zone) && FireTimes.Complaint(job.Cron) is null)
        {
            return new FireTimes(job.Cron, zone);
        }

        LogUnreadable(job.Id, job.Cron, job.TimeZone);
        return null;
    }

    private void OnAlarm() => LookAgain();

    private async Task SleepAsync(CancellationToken stop)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var woken = signal.Reader.WaitToReadAsync(patience.Token).AsTask();
        await Task.WhenAny(woken, Task.Delay(Unasked, time, patience.Token)).ConfigureAwait(false);
        await patience.CancelAsync().ConfigureAwait(false);
        signal.Reader.TryRead(out _);
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Jobs that are due cannot be written down: {Code}. Trying again.")]
    private partial void LogOutage(string code);

    [LoggerMessage(
        Level = LogLevel.Error, Message = "The schedule of {Job}, {Cron} in {TimeZone}, cannot be read here.")]
    private partial void LogUnreadable(string job, string cron, string timeZone);

    private sealed record Alarm(string Cron, string TimeZone);
}
