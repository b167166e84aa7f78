namespace K12Hub.EventStore;

/// <summary>A job that is due again and again, as it stands in the database.</summary>
/// <param name="Tenant">The district it runs for.</param>
/// <param name="Id">What it is called.</param>
/// <param name="Job">What runs: messages of kind <c>job.…</c> with this name.</param>
/// <param name="Cron">When, as a cron expression.</param>
/// <param name="TimeZone">The zone whose clocks the expression means.</param>
/// <param name="After">Fire times up to this moment are past: the last one carried out, or since when the job has this
/// schedule.</param>
/// <param name="Declared">Whether the program itself declares it.</param>
public sealed record ScheduledJob(
    DistrictId Tenant, string Id, string Job, string Cron, string TimeZone, DateTimeOffset After, bool Declared)
{
    /// <summary>What a message that runs a job is called.</summary>
    /// <param name="job">The job's name.</param>
    public static string KindOf(string job) => $"job.{job}";
}
