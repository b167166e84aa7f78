using K12Hub.EventStore;

namespace K12Hub.Hosting;

/// <summary>Jobs that are due again and again, in Hangfire's words. What modules declare with <c>hub.Recurring</c> is
/// there without it; this is for schedules that people choose at run time.</summary>
public sealed class RecurringJob
{
    private readonly DocumentStore store;
    private readonly OutboxKinds kinds;
    private readonly JobsSettings settings;
    private readonly BackgroundJob background;
    private readonly JobClock clock;
    private readonly TimeProvider time;

    internal RecurringJob(
        DocumentStore store, OutboxKinds kinds, JobsSettings settings, BackgroundJob background, JobClock clock,
        TimeProvider time) =>
        (this.store, this.kinds, this.settings, this.background, this.clock, this.time) =
        (store, kinds, settings, background, clock, time);

    /// <summary>Makes a job due again and again, or changes when. Other processes learn of it within half a
    /// minute.</summary>
    /// <typeparam name="TJob">What runs; a module registered it.</typeparam>
    /// <param name="district">For whom.</param>
    /// <param name="id">What the schedule is called; one job may have several.</param>
    /// <param name="cron">When, as a cron expression of Quartz: seconds first.</param>
    /// <param name="zone">Whose clocks are meant; null for the setting <c>Jobs:TimeZone</c>.</param>
    /// <param name="ct">Cancels.</param>
    /// <exception cref="FormatException">The expression cannot be read.</exception>
    public async Task AddOrUpdate<TJob>(
        DistrictId district, string id, string cron, TimeZoneInfo? zone = null, CancellationToken ct = default)
        where TJob : IJob
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(id);
        if (FireTimes.Complaint(cron) is { } complaint) throw new FormatException(complaint);
        if (kinds.Find(ScheduledJob.KindOf(TJob.Name)) is null)
        {
            throw new InvalidOperationException($"Nobody carries out {TJob.Name}. Register it with hub.Job.");
        }

        await store.Jobs.RegisterAsync(
            district, id, TJob.Name, cron, (zone ?? settings.Zone).Id, declared: false, ct).ConfigureAwait(false);
        clock.LookAgain();
    }

    /// <summary>Runs a job once, now, whenever it is due.</summary>
    /// <returns>False when there is no such job.</returns>
    public async Task<bool> Trigger(DistrictId district, string id, CancellationToken ct = default)
    {
        var all = await store.Jobs.AllAsync(ct).ConfigureAwait(false);
        if (all.FirstOrDefault(job => job.Tenant == district && job.Id == id) is not { } found) return false;

        var now = time.GetUtcNow();
        await background.PublishAsync(
            district, ScheduledJob.KindOf(found.Job), new JobCall(id, now), now, null, ct).ConfigureAwait(false);
        return true;
    }

    /// <summary>Ends a schedule. One that a module declares comes back at the next start.</summary>
    /// <returns>False when there was none.</returns>
    public async Task<bool> RemoveIfExists(DistrictId district, string id, CancellationToken ct = default)
    {
        var removed = await store.Jobs.RemoveAsync(district, id, ct).ConfigureAwait(false);
        clock.LookAgain();
        return removed;
    }
}
