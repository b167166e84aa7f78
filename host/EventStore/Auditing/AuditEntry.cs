namespace K12Hub.EventStore;

/// <summary>What an audit record is about.</summary>
public enum AuditKind
{
    /// <summary>Somebody saw something of somebody.</summary>
    Read,

    /// <summary>Something of somebody left the district.</summary>
    Disclosure,

    /// <summary>Something was refused, or is worth a look.</summary>
    Security,
}

/// <summary>One thing to write down: who, of whom, which kind of thing, why. Never what was read.</summary>
/// <param name="Kind">What it is about.</param>
/// <param name="Action">What was done, a stable word: <c>view</c>, <c>auth.denied</c>.</param>
/// <param name="Via">The way: graphql, subscription, export, provider, cli, job.</param>
public sealed record AuditEntry(AuditKind Kind, string Action, string Via)
{
    /// <summary>Longest purpose, in characters.</summary>
    public const int LongestPurpose = 200;

    /// <summary>When.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Who, as an id; null when nobody signed in.</summary>
    public string? Actor { get; init; }

    /// <summary>The request it happened in.</summary>
    public string? RequestId { get; init; }

    /// <summary>Why, as whoever asked has said it; at most 200 characters, and never a name.</summary>
    public string? Purpose { get; init; }

    /// <summary>Which groups of fields, such as names and contact; words in the order of the alphabet.</summary>
    public IReadOnlyList<string> FieldGroups { get; init; } = [];

    /// <summary>The students, as ids; each once.</summary>
    public IReadOnlyCollection<Guid> Students { get; init; } = [];

    /// <summary>Other people, as ids: guardians, or whoever it was.</summary>
    public IReadOnlyCollection<Guid> Others { get; init; } = [];

    /// <summary>What the kind needs besides, as JSON; null for nothing.</summary>
    public string? Detail { get; init; }

    /// <summary>What the kind needs besides in words that may name somebody, as JSON of an object; null for nothing.
    /// Only in a record of one student, whose key seals it: once the student is erased nobody reads it.</summary>
    public string? Personal { get; init; }
}

/// <summary>The audit record could not be stored, so what it is about must not happen.</summary>
public sealed class AuditException : Exception
{
    internal AuditException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
