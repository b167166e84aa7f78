namespace K12Hub.Accounts;

/// <summary>What was tried in vain, of one account, one network or all.</summary>
internal sealed record AttemptsRow
{
    /// <summary>Of what; a hash, so that no name that was tried is stored.</summary>
    public string Bucket { get; init; } = "";

    /// <summary>How often since it was last forgotten.</summary>
    public int Failures { get; init; }

    /// <summary>When last.</summary>
    public DateTimeOffset LastAt { get; init; }

    /// <summary>When the next attempt is taken.</summary>
    public DateTimeOffset OpenAt { get; init; }
}

/// <summary>The latest code of an app that an account signed in with: none before it counts again.</summary>
internal sealed record UsedCodeRow
{
    /// <summary>The account.</summary>
    public Guid AccountId { get; init; }

    /// <summary>The code's step of 30 seconds since 1970.</summary>
    public long Step { get; init; }
}

/// <summary>A code that was printed on a console for the first administrator.</summary>
internal sealed record SetupCodeRow
{
    /// <summary>Hash of the code.</summary>
    public string Hash { get; init; } = "";

    /// <summary>When it was printed.</summary>
    public DateTimeOffset PrintedAt { get; init; }
}
