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

/// <summary>Somebody was erased, and nothing more may be stored about them. Nothing of the unit was stored.</summary>
public sealed class SubjectErasedException : Exception
{
    internal SubjectErasedException(Guid subject)
        : base($"Subject {subject} was erased: nothing more is stored about them.") => Subject = subject;

    /// <summary>The person, as an id.</summary>
    public Guid Subject { get; }
}

/// <summary>Personal data cannot be read because a key is missing although nobody erased it: the key ring or the keys
/// of subjects were not restored together with the events.</summary>
public sealed class SubjectKeyMissingException : Exception
{
    internal SubjectKeyMissingException(Guid subject)
        : base($"The database has no key of subject {subject}. Restore es.subject_keys.")
    {
    }

    internal SubjectKeyMissingException(Guid subject, string ringKey)
        : base($"The key of subject {subject} is wrapped in {ringKey}, which is not in the key ring. Restore the ring.")
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
