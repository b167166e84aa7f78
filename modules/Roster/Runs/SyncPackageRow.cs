namespace K12Hub.Roster;

/// <summary>A package that was read: so that no old one is taken for a new one. Nobody reads it over the API.</summary>
internal sealed record SyncPackageRow
{
    /// <summary>Key of the source within the district.</summary>
    public string Source { get; init; } = "";

    /// <summary>SHA-256 of what is in it, in hexadecimal digits.</summary>
    public string Checksum { get; init; } = "";

    /// <summary>The run that read it last.</summary>
    public Guid RunId { get; init; }

    /// <summary>When that began.</summary>
    public DateTimeOffset StartedAt { get; init; }
}
