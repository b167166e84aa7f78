using K12Hub.GraphQL;

namespace K12Hub.Roster;

/// <summary>One reading of a roster source, whatever came of it.</summary>
internal sealed record SyncRunRow
{
    /// <summary>Computed from source and start.</summary>
    public Guid Id { get; init; }

    /// <summary>Key of the source within the district.</summary>
    public string Source { get; init; } = "";

    /// <summary>Format and version, for example OneRoster CSV 1.2.</summary>
    public string Format { get; init; } = "";

    /// <summary>The file, folder or address it read.</summary>
    public string Origin { get; init; } = "";

    /// <summary>applied; unchanged; held (waits for a person, nothing is applied before), then applied, declined or
    /// superseded by a newer run; rolledBack after it was applied; refused (came at a bad moment) or rejected (cannot
    /// be read).</summary>
    public string Status { get; init; } = "";

    /// <summary>When it began.</summary>
    [Filterable, Sortable]
    public DateTimeOffset StartedAt { get; init; }

    /// <summary>When it ended.</summary>
    public DateTimeOffset FinishedAt { get; init; }

    /// <summary>How long it took, in milliseconds.</summary>
    public int DurationMs { get; init; }

    /// <summary>Whether a person applied it after it was held.</summary>
    public bool Forced { get; init; }

    /// <summary>How many findings there were; the first 1,000 are kept.</summary>
    public int FindingCount { get; init; }
}

/// <summary>What a run did to one collection.</summary>
internal sealed record SyncCountRow
{
    /// <summary>The run.</summary>
    [GraphQLIgnore]
    public Guid RunId { get; init; }

    /// <summary>OneRoster's name of the collection.</summary>
    public string Collection { get; init; } = "";

    /// <summary>Records sent for the first time.</summary>
    public int Added { get; init; }

    /// <summary>Records that say something else than before.</summary>
    public int Changed { get; init; }

    /// <summary>Records no longer sent, or marked as to be deleted.</summary>
    public int Ended { get; init; }

    /// <summary>Records sent again after they had ended.</summary>
    public int Returned { get; init; }

    /// <summary>Rows left out because something is wrong with them.</summary>
    public int Rejected { get; init; }
}

/// <summary>Something a run found wrong, in words a registrar can act on.</summary>
internal sealed record SyncFindingRow
{
    /// <summary>The run.</summary>
    [GraphQLIgnore]
    public Guid RunId { get; init; }

    /// <summary>Place in the order of finding, from 1.</summary>
    public int Number { get; init; }

    /// <summary>warning, rowRejected, runRejected or runHeld.</summary>
    public string Effect { get; init; } = "";

    /// <summary>Stable code for programs.</summary>
    public string Rule { get; init; } = "";

    /// <summary>What is wrong and what to do about it.</summary>
    public string Message { get; init; } = "";

    /// <summary>The file or endpoint.</summary>
    public string? File { get; init; }

    /// <summary>Line of the file; the header is line 1.</summary>
    public int? Line { get; init; }

    /// <summary>The column.</summary>
    public string? Column { get; init; }

    /// <summary>What stood there.</summary>
    public string? Value { get; init; }
}
