using System.Globalization;
using K12Hub.EventStore;
using Quartz;
using Quartz.Extensibility;

namespace K12Hub.Hosting;

/// <summary>Quartz as an alarm clock: in memory, one alarm per schedule, and all it does is ring.</summary>
internal static class AlarmClock
{
    /// <summary>A scheduler that is not started yet.</summary>
    public static async Task<IScheduler> BuildAsync(TimeProvider time, Action ring, CancellationToken ct) =>
        await QuartzSchedulerBuilder.Create(quartz => quartz
                .UseInMemoryStore()
                .UseTimeProvider(time)
                .UseDefaultThreadPool(1)
                .UseJobFactory(new Bells(ring)))
            .BuildScheduler(ct).ConfigureAwait(false);

    /// <summary>What a schedule is called in Quartz.</summary>
    public static JobKey KeyOf(ScheduledJob job) =>
        new(job.Id, job.Tenant.Value.ToString(CultureInfo.InvariantCulture));

    /// <summary>Sets an alarm for every fire time of a schedule. A fire time Quartz misses rings once: what was missed
    /// is worked out from the database.</summary>
    public static async Task SetAsync(
        IScheduler scheduler, JobKey key, string cron, TimeZoneInfo zone, TimeProvider time, CancellationToken ct)
    {
        var job = JobBuilder.Create<Bell>().WithIdentity(key).Build();
        var trigger = TriggerBuilder.Create(time)
            .WithIdentity(key.Name, key.Group)
            .WithSchedule(CronScheduleBuilder.Create(new CronExpression(cron, zone))
                .WithMisfireInstruction(CronTriggerMisfireInstruction.FireAndProceed))
            .Build();
        await scheduler.ScheduleJob(job, trigger, cancellationToken: ct).ConfigureAwait(false);
    }

    private sealed class Bell(Action ring) : Quartz.IJob
    {
        public ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken)
        {
            ring();
            return default;
        }
    }

    private sealed class Bells(Action ring) : IJobFactory
    {
        public ValueTask<JobScope> CreateJob(
            TriggerFiredBundle bundle, IScheduler scheduler, CancellationToken cancellationToken) =>
            new(new JobScope(new Bell(ring)));

        public ValueTask ReturnJob(JobScope scope, CancellationToken cancellationToken) => default;
    }
}
