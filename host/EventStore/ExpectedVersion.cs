namespace K12Hub.EventStore;

/// <summary>What a writer believes about a stream: its exact version, or one of the two words below.</summary>
public static class ExpectedVersion
{
    /// <summary>No belief: append after whatever is there, start the stream when nothing is.</summary>
    public const int Any = -1;

    /// <summary>The stream must not exist yet.</summary>
    public const int New = 0;
}
