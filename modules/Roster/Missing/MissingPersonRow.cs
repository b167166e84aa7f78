namespace K12Hub.Roster;

/// <summary>Somebody whom the source no longer sends, and who is in force until the grace is over.</summary>
internal sealed record MissingPersonRow : IRosterRow
{
    /// <inheritdoc/>
    public Guid Id { get; init; }

    /// <inheritdoc/>
    public string Source { get; init; } = "";

    /// <summary>Who.</summary>
    public Guid PersonId { get; init; }

    /// <summary>When the first complete roster without them was read.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <inheritdoc/>
    public Guid RowHash { get; init; }

    /// <summary>When they were sent again, or ended; null while they are missing.</summary>
    public DateTimeOffset? EndedAt { get; init; }
}
