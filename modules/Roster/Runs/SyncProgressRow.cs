namespace K12Hub.Roster;

/// <summary>How far the run is that reads a source now. There is one a source at most, and none when nobody reads; who
/// was killed leaves it until the next run.</summary>
internal sealed record SyncProgressRow
{
    /// <summary>Key of the source within the district.</summary>
    public string Source { get; init; } = "";

    /// <summary>What it does: reading, checking, comparing, applying; to a subscriber at last done.</summary>
    public string Step { get; init; } = "";

    /// <summary>OneRoster's name of the collection it is at; null when it concerns all.</summary>
    public string? Collection { get; init; }

    /// <summary>Records of the collection it has done.</summary>
    public int Records { get; init; }

    /// <summary>Share of what is to be read that was read, in per cent, 0 to 100; null where that cannot be
    /// known.</summary>
    public int? PercentRead { get; init; }

    /// <summary>When it began.</summary>
    public DateTimeOffset StartedAt { get; init; }

    /// <summary>When it last gave a sign of life: every second.</summary>
    public DateTimeOffset UpdatedAt { get; init; }
}
