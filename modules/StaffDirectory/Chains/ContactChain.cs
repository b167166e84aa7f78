using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using K12Hub.EventStore;

namespace K12Hub.StaffDirectory;

/// <summary>What can have happened to a chain of contact.</summary>
/// <remarks>Shapes are stored for ever: add, never rename; a changed meaning is a new shape and an upcaster.</remarks>
internal abstract record ContactChainEvent
{
    /// <summary>Somebody said whom one asks, and whom next. What was said before stays in the log.</summary>
    /// <param name="Area">What one needs.</param>
    /// <param name="School">For whose school; null for the whole district.</param>
    /// <param name="Audience">family or staff.</param>
    /// <param name="Version">From 1.</param>
    /// <param name="Steps">Whom one asks, the first coming first.</param>
    public sealed record Set(Guid Area, Guid? School, string Audience, int Version, IReadOnlyList<ChainStep> Steps)
        : ContactChainEvent;

    /// <summary>It holds no longer.</summary>
    public sealed record Retired : ContactChainEvent;
}

/// <summary>A step of a chain, as it is stored.</summary>
/// <param name="Position">Whom one asks: whoever is that then.</param>
/// <param name="Place">school for the child's school, district for the district's offices.</param>
/// <param name="Hours">When they can be reached, in words; null where nothing is said.</param>
/// <param name="MoveOnAfter">Business days without an answer after which one may ask the next; null in the last
/// step.</param>
internal sealed record ChainStep(Guid Position, string Place, string? Hours, int? MoveOnAfter);

/// <summary>Whom somebody asks about an area, and whom next, folded from its events.</summary>
internal sealed record ContactChain(Guid Id)
{
    /// <summary>Stored name of the streams.</summary>
    public const string StreamKind = "contact_chain";

    public ContactChainEvent.Set? Said { get; init; }

    public bool IsRetired { get; init; }

    /// <summary>The chain of an area, for a school or the whole district, and an audience.</summary>
    public static Guid IdOf(Guid area, Guid? school, ContactAudience audience)
    {
        var name = $"k12hub directory chain {area:N} {school:N} {audience.Word()}";
        return new(SHA256.HashData(Encoding.UTF8.GetBytes(name)).AsSpan(0, 16), bigEndian: true);
    }

    public static ContactChain Evolve(ContactChain chain, object happened) => happened switch
    {
        ContactChainEvent.Set e => chain with { Said = e, IsRetired = false },
        ContactChainEvent.Retired => chain with { IsRetired = true },
        _ => throw new UnreachableException($"{happened.GetType().Name} is not folded into ContactChain."),
    };

    /// <summary>Adds events, fold and rows to a store.</summary>
    public static void AddTo(StoreOptions store)
    {
        store.Events.MapEventType<ContactChainEvent.Set>("directory.contact_chain_set");
        store.Events.MapEventType<ContactChainEvent.Retired>("directory.contact_chain_retired");
        store.Aggregates.Add<ContactChain>(StreamKind, id => new(id), Evolve);
        store.Projections.Add<ContactChainList>(ProjectionLifecycle.Inline);
        store.Tables.Add<ContactChainRow>("directory.contact_chains", 1, t => t
            .Key(x => x.Id)
            .Index(x => x.AreaId, x => x.Id)
            .Index(x => x.SchoolId, x => x.Id)
            .FollowsStream());
    }
}
