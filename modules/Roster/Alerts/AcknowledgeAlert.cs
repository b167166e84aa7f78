using K12Hub.Hosting;

namespace K12Hub.Roster;

/// <summary>Says that an alert is being looked after.</summary>
/// <param name="Id">The alert.</param>
[Mutation("acknowledgeAlert", Policy = RosterPermissions.DecideRuns, Returns = typeof(AlertRow))]
internal sealed record AcknowledgeAlert(Guid Id) : ICommand<Alert>
{
    public static Decision<AlertEvent> Decide(Alert alert, AcknowledgeAlert command, DateTimeOffset now)
    {
        if (alert.RaisedAt is null) return Refusal.NotFound("alert");
        if (alert.AcknowledgedAt is not null || alert.EndedAt is not null) return Decision.Nothing;

        return new AlertEvent.Acknowledged(now);
    }
}
