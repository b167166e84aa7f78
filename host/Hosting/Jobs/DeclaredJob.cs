using K12Hub.EventStore;
using Microsoft.Extensions.DependencyInjection;

namespace K12Hub.Hosting;

/// <summary>A job a module wants to be due again and again.</summary>
/// <param name="Id">What the schedule is called; a job's only one like the job.</param>
/// <param name="Job">The job.</param>
/// <param name="Cron">When, unless the settings say otherwise.</param>
internal sealed record DeclaredJob(string Id, string Job, string Cron);

/// <summary>Carries a job out and writes down what came of it.</summary>
internal static class JobRunner
{
    public static OutboxKind KindOf<TJob>(TimeSpan? limit, IReadOnlyList<string> may)
        where TJob : class, IJob => OutboxKind.Of<JobCall>(
            ScheduledJob.KindOf(TJob.Name), limit, may, RunAsync<TJob>);

    private static async Task<OutboxResult> RunAsync<TJob>(
        IServiceProvider services, JobCall call, OutboxDelivery delivery, CancellationToken ct)
        where TJob : class, IJob
    {
        var time = services.GetRequiredService<TimeProvider>();
        var started = time.GetUtcNow();
        OutboxResult? result = null;
        string? code = "outbox.stopped";
        try
        {
            var run = new JobRun(delivery.Tenant, call.FireTime, call.Id, delivery);
            result = await services.GetRequiredService<TJob>().RunAsync(run, ct).ConfigureAwait(false);
            code = result.Code;
            return result;
        }
        catch (Exception failure) when (!ct.IsCancellationRequested)
        {
            code = failure.GetType().Name;
            throw;
        }
        finally
        {
            if (call.Id is { } id)
            {
                var outcome = result == OutboxResult.Done ? "done" : "failed";
                await services.GetRequiredService<DocumentStore>().Jobs
                    .RanAsync(delivery.Tenant, id, started, outcome, code, CancellationToken.None)
                    .ConfigureAwait(false);
            }
        }
    }
}
