namespace K12Hub.EventStore;

/// <summary>What the log knows of a data subject.</summary>
public enum SubjectState
{
    /// <summary>No personal data was ever stored under this id.</summary>
    Unknown,

    /// <summary>There is personal data, and a key to it.</summary>
    Known,

    /// <summary>The key was destroyed: nothing can be read any more, and nothing new is stored.</summary>
    Erased,
}
