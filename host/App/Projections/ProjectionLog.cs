using K12Hub.EventStore;

namespace K12Hub.App;

/// <summary>Writes into the log what the daemon wants a person to know: ids and places, nothing of what is in
/// events.</summary>
internal sealed partial class ProjectionLog(ILogger<ProjectionLog> logger)
{
    public void Write(ProjectionTrouble trouble)
    {
        var district = (int?)trouble.Tenant?.Value;
        switch (trouble)
        {
            case { Failure: { } failure, IsPaused: true }:
                LogPaused(trouble.Projection, district, failure.Type, failure.Position, failure.Message);
                break;
            case { Failure: { } failure }:
                LogSetAside(trouble.Projection, district, failure.Type, failure.Position, failure.Message);
                break;
            default:
                // Failures of the database and the network; data stands only in those of events.
                LogTriedAgain(trouble.Projection, district, trouble.Cause?.GetType().Name);
                break;
        }
    }

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "Projection {Projection} of district {District} stopped before event {Type} at {Position}: {Why} "
            + "See: projections status, resume, skip.")]
    private partial void LogPaused(string? projection, int? district, string type, long position, string why);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "Projection {Projection} of district {District} went on without event {Type} at {Position}: {Why}")]
    private partial void LogSetAside(string? projection, int? district, string type, long position, string why);

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "Projection {Projection} of district {District} is tried again after a {Failure}.")]
    private partial void LogTriedAgain(string? projection, int? district, string? failure);
}
