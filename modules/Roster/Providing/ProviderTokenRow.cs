namespace K12Hub.Roster;

/// <summary>A token that was given out to a client that reads the roster.</summary>
internal sealed record ProviderTokenRow
{
    /// <summary>Hash of the token.</summary>
    public string Hash { get; init; } = "";

    /// <summary>Whose it is.</summary>
    public string Client { get; init; } = "";

    /// <summary>What may be read with it.</summary>
    public string[] Scopes { get; init; } = [];

    /// <summary>When it ends.</summary>
    public DateTimeOffset ExpiresAt { get; init; }
}
