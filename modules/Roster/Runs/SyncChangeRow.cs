using K12Hub.GraphQL;

namespace K12Hub.Roster;

/// <summary>What a run does, or would do, to the records of one kind in one school.</summary>
internal sealed record SyncChangeRow
{
    /// <summary>The run.</summary>
    [GraphQLIgnore]
    public Guid RunId { get; init; }

    /// <summary>Place in the list, from 1: kind by kind, of each the school that loses most first.</summary>
    [GraphQLIgnore]
    public int Number { get; init; }

    /// <summary>OneRoster's name of the kind.</summary>
    public string Collection { get; init; } = "";

    /// <summary>The school.</summary>
    [GraphQLIgnore]
    public Guid? SchoolId { get; init; }

    /// <summary>Its name; null for what belongs to no school, or to the district.</summary>
    public string? SchoolName { get; init; }

    /// <summary>Records in force before the run.</summary>
    public int InForce { get; init; }

    /// <summary>Records sent for the first time.</summary>
    public int Added { get; init; }

    /// <summary>Records that say something else than before.</summary>
    public int Changed { get; init; }

    /// <summary>Records no longer sent, or marked as to be deleted.</summary>
    public int Ended { get; init; }

    /// <summary>Records sent again after they had ended.</summary>
    public int Returned { get; init; }
}

/// <summary>What became of a run after it had ended.</summary>
internal sealed record SyncDecisionRow
{
    /// <summary>The run.</summary>
    [GraphQLIgnore]
    public Guid RunId { get; init; }

    /// <summary>The run's status since: applied, declined, superseded or rolledBack.</summary>
    public string Status { get; init; } = "";

    /// <summary>When.</summary>
    public DateTimeOffset DecidedAt { get; init; }

    /// <summary>Who, as an id; null for a newer run.</summary>
    public string? DecidedBy { get; init; }

    /// <summary>Why, in the words of who decided; null when nothing was said.</summary>
    public string? Reason { get; init; }
}
