namespace K12Hub.EventStore;

/// <summary>Another writer was faster: a stream is not at the version the unit of work was decided on.
/// Nothing of the unit was stored; load again and decide again.</summary>
public sealed class ConcurrencyException : Exception
{
    internal ConcurrencyException(string message, Guid? streamId, Exception? cause)
        : base(message, cause) => StreamId = streamId;

    /// <summary>The first stream found at another version; null when the database did not say.</summary>
    public Guid? StreamId { get; }
}

/// <summary>The stream was archived: it can be read, not continued. Nothing of the unit was stored.</summary>
public sealed class StreamArchivedException : Exception
{
    internal StreamArchivedException(string message, Exception? cause)
        : base(message, cause)
    {
    }
}

/// <summary>The database is not fit for the store, or differs from what this program expects; the message says
/// what to change.</summary>
public sealed class SchemaException : Exception
{
    internal SchemaException(string message, Exception? cause = null)
        : base(message, cause)
    {
    }
}

/// <summary>A projection did what a projection cannot do, or has stopped. The message says what, without anything of
/// an event.</summary>
public sealed class ProjectionException : Exception
{
    internal ProjectionException(string message, Exception? cause = null)
        : base(message, cause)
    {
    }
}
