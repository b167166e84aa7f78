namespace K12Hub.Roster;

/// <summary>What the rows of all roster tables have besides what the source says.</summary>
internal interface IRosterRow : IEnds
{
    /// <summary>Computed from source, collection and sourcedId; see <see cref="RosterId"/>.</summary>
    Guid Id { get; }

    /// <summary>Key of the source within the district.</summary>
    string Source { get; }

    /// <summary>Hash of what the source said; equal hashes are equal records.</summary>
    Guid RowHash { get; }
}

/// <summary>What may end, and stays all the same.</summary>
internal interface IEnds
{
    /// <summary>When the source stopped sending it; null while it is in force.</summary>
    DateTimeOffset? EndedAt { get; }
}
