using K12Hub.EventStore;
using K12Hub.GraphQL;

namespace K12Hub.Accounts;

/// <summary>A token with which a program of the district uses the API. What it is was shown once and is kept
/// nowhere.</summary>
internal sealed record ApiTokenRow
{
    /// <summary>Never changes.</summary>
    public Guid Id { get; init; }

    /// <summary>What people call it; no two that hold have one name.</summary>
    public string Name { get; init; } = "";

    /// <summary>Hash of the secret.</summary>
    [GraphQLIgnore]
    public string Hash { get; init; } = "";

    /// <summary>What may be done with it, in the whole district.</summary>
    public string[] Permissions { get; init; } = [];

    /// <summary>When it was given out.</summary>
    [Filterable, Sortable]
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it ends by itself.</summary>
    [Filterable, Sortable]
    public DateTimeOffset ExpiresAt { get; init; }

    /// <summary>When it was revoked; null while it was not.</summary>
    public DateTimeOffset? RevokedAt { get; init; }
}

/// <summary>When a token was last used.</summary>
internal sealed record TokenUseRow
{
    /// <summary>The token.</summary>
    public Guid TokenId { get; init; }

    /// <summary>Give or take a minute.</summary>
    public DateTimeOffset UsedAt { get; init; }
}

internal sealed class ApiTokenList : SingleStreamProjection<ApiToken, ApiTokenRow>
{
    public override ApiTokenRow? Row(ApiToken aggregate) => aggregate.CreatedAt is not { } created ? null : new()
    {
        Id = aggregate.Id,
        Name = aggregate.Name,
        Hash = aggregate.Hash,
        Permissions = [.. aggregate.Permissions],
        CreatedAt = created,
        ExpiresAt = aggregate.ExpiresAt,
        RevokedAt = aggregate.RevokedAt,
    };
}
