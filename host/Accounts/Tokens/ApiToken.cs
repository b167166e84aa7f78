using System.Diagnostics;
using K12Hub.EventStore;

namespace K12Hub.Accounts;

/// <summary>What can have happened to a token of a program.</summary>
/// <remarks>Shapes are stored for ever: add, never rename; a changed meaning is a new shape and an upcaster.</remarks>
internal abstract record ApiTokenEvent
{
    /// <summary>It was given out. Of its secret the hash is kept, which opens nothing.</summary>
    public sealed record Created(
        string Name, string Hash, IReadOnlyList<string> Permissions, DateTimeOffset At, DateTimeOffset ExpiresAt)
        : ApiTokenEvent;

    /// <summary>It opens nothing any more.</summary>
    public sealed record Revoked(DateTimeOffset At) : ApiTokenEvent;
}

/// <summary>A token of a program, folded from its events.</summary>
internal sealed record ApiToken(Guid Id)
{
    public string Name { get; init; } = "";

    public string Hash { get; init; } = "";

    public IReadOnlyList<string> Permissions { get; init; } = [];

    public DateTimeOffset? CreatedAt { get; init; }

    public DateTimeOffset ExpiresAt { get; init; }

    public DateTimeOffset? RevokedAt { get; init; }

    public static ApiToken Evolve(ApiToken token, object happened) => happened switch
    {
        ApiTokenEvent.Created e => token with
        {
            Name = e.Name, Hash = e.Hash, Permissions = e.Permissions, CreatedAt = e.At, ExpiresAt = e.ExpiresAt,
        },
        ApiTokenEvent.Revoked e => token with { RevokedAt = e.At },
        _ => throw new UnreachableException($"{happened.GetType().Name} is not folded into ApiToken."),
    };

    /// <summary>Adds events, fold and rows to a store.</summary>
    public static void AddTo(StoreOptions store)
    {
        store.Events.MapEventType<ApiTokenEvent.Created>("api_token.created");
        store.Events.MapEventType<ApiTokenEvent.Revoked>("api_token.revoked");
        store.Aggregates.Add<ApiToken>("api_token", id => new(id), Evolve);
        store.Projections.Add<ApiTokenList>(ProjectionLifecycle.Inline);
        store.Tables.Add<ApiTokenRow>("accounts.tokens", 1, t => t
            .Key(x => x.Id)
            .Index(x => x.Hash, unique: true)
            .Index(x => x.Name, unique: true, where: "revoked_at is null")
            .Index(x => x.CreatedAt, x => x.Id)
            .Index(x => x.ExpiresAt, x => x.Id)
            .FollowsStream());
        store.Tables.Add<TokenUseRow>("accounts.token_uses", 1, t => t.Key(x => x.TokenId));
    }
}
