namespace K12Hub.Roster;

/// <summary>What came of erasing somebody by a schedule.</summary>
internal enum ScheduledErasure
{
    /// <summary>It was done, and there is a certificate.</summary>
    Erased,

    /// <summary>It is not to be any more: a hold, a request, a return, another schedule.</summary>
    Kept,

    /// <summary>An import is going on.</summary>
    Busy,
}
