namespace K12Hub.EventStore;

/// <summary>What a projection is doing in a district.</summary>
public enum ProjectionMode
{
    /// <summary>Its rows are written with the events.</summary>
    Inline,

    /// <summary>Its rows follow in the background.</summary>
    Async,

    /// <summary>It has stopped, because of an event or because a person said so.</summary>
    Paused,
}

/// <summary>How far a projection has come.</summary>
/// <param name="Name">Its stable name.</param>
/// <param name="Version">The version of its rows.</param>
/// <param name="Tenant">The district.</param>
/// <param name="Mode">What it is doing.</param>
/// <param name="Position">The position it has come to; inline, the latest there is.</param>
/// <param name="Lag">Events of the district after that position, of whatever type; 100,000 stands for that and
/// more.</param>
/// <param name="DeadLetters">Events it went on without.</param>
/// <param name="Failure">The event it stopped before; null when none did stop it.</param>
public sealed record ProjectionStatus(
    string Name,
    int Version,
    DistrictId Tenant,
    ProjectionMode Mode,
    long Position,
    long Lag,
    long DeadLetters,
    ProjectionFailure? Failure);
