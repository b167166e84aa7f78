using System.Diagnostics;
using K12Hub.EventStore;

namespace K12Hub.Hosting;

/// <summary>A grant, folded from its events.</summary>
internal sealed record Grant(Guid Id)
{
    /// <summary>Stored name of the streams.</summary>
    public const string StreamKind = "grant";

    public Guid AccountId { get; init; }

    public string Role { get; init; } = "";

    public Guid[] Schools { get; init; } = [];

    public Guid[] Topics { get; init; } = [];

    public DateTimeOffset From { get; init; }

    public DateTimeOffset? Until { get; init; }

    public string Reason { get; init; } = "";

    public DateTimeOffset? EndedAt { get; init; }

    public string? EndReason { get; init; }

    public bool Exists => Role.Length > 0;

    public static Grant Evolve(Grant grant, object happened) => happened switch
    {
        GrantEvent.Given e => grant with
        {
            AccountId = e.AccountId, Role = e.Role, Schools = e.Schools, Topics = e.Topics, From = e.From,
            Until = e.Until, Reason = e.Reason,
        },
        GrantEvent.Ended e => grant with { EndedAt = e.At, EndReason = e.Reason },
        _ => throw new UnreachableException($"{happened.GetType().Name} is not folded into Grant."),
    };

    /// <summary>Adds events, fold and rows to a store.</summary>
    public static void AddTo(StoreOptions store)
    {
        store.Events.MapEventType<GrantEvent.Given>("policy.role_given");
        store.Events.MapEventType<GrantEvent.Ended>("policy.grant_ended");
        store.Aggregates.Add<Grant>(StreamKind, id => new(id), Evolve);
        store.Projections.Add<GrantList>(ProjectionLifecycle.Inline);
        store.Tables.Add<GrantRow>("policy.grants", 1, t => t
            .Key(x => x.Id)
            .Index(x => x.AccountId, x => x.Id)
            .Index(x => x.Role, x => x.Id)
            .FollowsStream());
    }
}
