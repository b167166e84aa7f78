namespace K12Hub.Contracts;

/// <summary>A right to read the roster for a while.</summary>
/// <param name="Hash">Hash of the token that proves it; the token itself is known to its holder only.</param>
/// <param name="Client">Whose it is.</param>
/// <param name="Scopes">What may be read.</param>
/// <param name="ExpiresAt">When it ends.</param>
public sealed record RosterToken(string Hash, string Client, IReadOnlyList<string> Scopes, DateTimeOffset ExpiresAt);

/// <summary>Keeps the tokens that were given out, for all nodes.</summary>
public interface IRosterTokens
{
    /// <summary>Keeps one, and forgets those that have ended.</summary>
    /// <param name="district">The district's number.</param>
    /// <param name="token">The token.</param>
    /// <param name="ct">Cancels.</param>
    Task KeepAsync(short district, RosterToken token, CancellationToken ct);

    /// <summary>The token with a hash; null when there is none. It may have ended.</summary>
    /// <param name="district">The district's number.</param>
    /// <param name="hash">Its hash.</param>
    /// <param name="ct">Cancels.</param>
    Task<RosterToken?> FindAsync(short district, string hash, CancellationToken ct);
}
