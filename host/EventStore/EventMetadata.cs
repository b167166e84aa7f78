namespace K12Hub.EventStore;

/// <summary>Who and why: what every event of one unit of work carries besides its data.</summary>
/// <param name="Actor">The person, token or job that caused it, as an id; never a name. Null when unknown.</param>
/// <param name="CorrelationId">What belongs together across units: a request, a roster run.</param>
/// <param name="CausationId">The event or command that led to it.</param>
public sealed record EventMetadata(string? Actor = null, Guid? CorrelationId = null, Guid? CausationId = null)
{
    /// <summary>Nothing known.</summary>
    public static EventMetadata None { get; } = new();
}
