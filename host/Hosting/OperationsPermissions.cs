namespace K12Hub.Hosting;

/// <summary>What one may be allowed to do with the machinery.</summary>
internal static class OperationsPermissions
{
    /// <summary>See which messages are owed and what became of them.</summary>
    public const string ReadOutbox = "outbox.read";

    /// <summary>Retry and discard dead letters.</summary>
    public const string HandleOutbox = "outbox.handle";

    /// <summary>See when jobs run and what came of them.</summary>
    public const string ReadJobs = "jobs.read";
}
