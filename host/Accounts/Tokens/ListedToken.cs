namespace K12Hub.Accounts;

/// <summary>A token in a list for administrators.</summary>
/// <param name="Id">Never changes.</param>
/// <param name="Name">What people call it.</param>
/// <param name="Permissions">What may be done with it.</param>
/// <param name="CreatedAt">When it was given out.</param>
/// <param name="ExpiresAt">When it ends by itself.</param>
/// <param name="RevokedAt">When it was revoked; null while it was not.</param>
/// <param name="UsedAt">When it was last used, give or take a minute; null for never.</param>
public sealed record ListedToken(
    Guid Id, string Name, IReadOnlyList<string> Permissions, DateTimeOffset CreatedAt, DateTimeOffset ExpiresAt,
    DateTimeOffset? RevokedAt, DateTimeOffset? UsedAt);
