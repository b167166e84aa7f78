using System.Diagnostics;
using K12Hub.EventStore;
using K12Hub.GraphQL;

namespace K12Hub.Roster;

/// <summary>What can have happened between an account and a person of the roster. These shapes are stored for
/// ever.</summary>
internal abstract record AccountLinkEvent
{
    /// <summary>Whoever signs in with the account is that person.</summary>
    public sealed record Linked(Guid AccountId, Guid PersonId) : AccountLinkEvent;

    /// <summary>It is not so, or no longer.</summary>
    public sealed record Unlinked(DateTimeOffset At) : AccountLinkEvent;
}

/// <summary>An account and a person, folded from their events.</summary>
internal sealed record AccountLink(Guid Id)
{
    /// <summary>Stored name of the streams.</summary>
    public const string StreamKind = "account_link";

    public Guid AccountId { get; init; }

    public Guid PersonId { get; init; }

    public bool Exists => AccountId != default;

    public DateTimeOffset? EndedAt { get; init; }

    public static AccountLink Evolve(AccountLink link, object happened) => happened switch
    {
        AccountLinkEvent.Linked e => link with { AccountId = e.AccountId, PersonId = e.PersonId },
        AccountLinkEvent.Unlinked e => link with { EndedAt = e.At },
        _ => throw new UnreachableException($"{happened.GetType().Name} is not folded into AccountLink."),
    };

    /// <summary>Adds events, fold and rows to a store.</summary>
    public static void AddTo(StoreOptions store)
    {
        store.Events.MapEventType<AccountLinkEvent.Linked>("roster.account_linked");
        store.Events.MapEventType<AccountLinkEvent.Unlinked>("roster.account_unlinked");
        store.Aggregates.Add<AccountLink>(StreamKind, id => new(id), Evolve);
        store.Projections.Add<AccountLinkList>(ProjectionLifecycle.Inline);
        store.Tables.Add<AccountLinkRow>("roster.account_links", 1, t => t
            .Key(x => x.Id)
            .Index(x => x.AccountId, x => x.Id)
            .Index(x => x.PersonId, x => x.Id)
            .FollowsStream());
    }
}

/// <summary>Whoever signs in with an account is a person of the roster.</summary>
internal sealed record AccountLinkRow
{
    /// <summary>Never changes.</summary>
    [Filterable]
    public Guid Id { get; init; }

    /// <summary>Id of the account.</summary>
    [Filterable]
    public Guid AccountId { get; init; }

    /// <summary>The person.</summary>
    [Filterable, ID<PersonRow>, AlwaysLoaded]
    public Guid PersonId { get; init; }

    /// <summary>When it was ended; null while it holds.</summary>
    public DateTimeOffset? EndedAt { get; init; }
}

internal sealed class AccountLinkList : SingleStreamProjection<AccountLink, AccountLinkRow>
{
    public override AccountLinkRow? Row(AccountLink aggregate) => !aggregate.Exists ? null : new()
    {
        Id = aggregate.Id,
        AccountId = aggregate.AccountId,
        PersonId = aggregate.PersonId,
        EndedAt = aggregate.EndedAt,
    };
}
