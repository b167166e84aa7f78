using K12Hub.EventStore;
using K12Hub.GraphQL;

namespace K12Hub.App;

// The store's own words, said again for the API: it takes its descriptions from the program that serves it.

/// <summary>How the rows of a projection come about.</summary>
[GraphQLName("ProjectionMode")]
internal enum ShownMode
{
    /// <summary>With the events, in the same transaction.</summary>
    Inline = ProjectionMode.Inline,

    /// <summary>In the background, a moment later.</summary>
    Async = ProjectionMode.Async,

    /// <summary>Not at all: it has stopped, because of an event or because a person said so.</summary>
    Paused = ProjectionMode.Paused,
}

/// <summary>What a rebuild is doing. Readers see the rows of before until it is done.</summary>
[GraphQLName("RebuildStep")]
internal enum ShownStep
{
    /// <summary>Waiting for another rebuild, and making the new tables.</summary>
    Preparing = RebuildStep.Preparing,

    /// <summary>Making all rows anew from the log.</summary>
    Filling = RebuildStep.Filling,

    /// <summary>Making keys and indexes.</summary>
    Indexing = RebuildStep.Indexing,

    /// <summary>Adding what happened meanwhile.</summary>
    CatchingUp = RebuildStep.CatchingUp,

    /// <summary>Putting the new rows in the place of the old; writers of these rows wait for a moment.</summary>
    Swapping = RebuildStep.Swapping,

    /// <summary>Over: readers see the new rows.</summary>
    Done = RebuildStep.Done,

    /// <summary>Given up: readers see the rows of before.</summary>
    Failed = RebuildStep.Failed,
}
