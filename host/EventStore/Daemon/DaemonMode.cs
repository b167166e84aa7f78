namespace K12Hub.EventStore;

/// <summary>Whether a node projects events in the background.</summary>
public enum DaemonMode
{
    /// <summary>Not at all: other nodes do.</summary>
    Disabled,

    /// <summary>Together with all other nodes that do: whoever is free takes the next page, and the work of a node that
    /// ends goes on elsewhere. There is no leader to elect, so this is right for a single node too.</summary>
    HotCold,
}
