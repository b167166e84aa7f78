using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using K12Hub.EventStore;

namespace K12Hub.StaffDirectory;

/// <summary>What can have happened to an area.</summary>
/// <remarks>Shapes are stored for ever: add, never rename; a changed meaning is a new shape and an upcaster.</remarks>
internal abstract record AreaEvent
{
    /// <summary>Somebody said in one language what the district helps with there.</summary>
    /// <param name="Key">The area's own key, the same for ever.</param>
    /// <param name="Language">en or es.</param>
    /// <param name="Name">What it is called.</param>
    /// <param name="Description">What it covers; null for nothing to add.</param>
    /// <param name="Phrases">How people ask for it, in their words.</param>
    public sealed record Described(
        string Key, string Language, string Name, string? Description, IReadOnlyList<string> Phrases) : AreaEvent;

    /// <summary>The district helps with it no longer, or under another key.</summary>
    public sealed record Retired : AreaEvent;
}

/// <summary>Something that a district helps with, folded from its events: buses, meals, a child's records.</summary>
internal sealed record Area(Guid Id)
{
    /// <summary>Stored name of the streams.</summary>
    public const string StreamKind = "area";

    public string? Key { get; init; }

    /// <summary>One text per language, in the order of the languages.</summary>
    public IReadOnlyList<AreaText> Texts { get; init; } = [];

    public bool IsRetired { get; init; }

    /// <summary>The area of a key: nobody has to look it up.</summary>
    public static Guid IdOf(string key) =>
        new(SHA256.HashData(Encoding.UTF8.GetBytes($"k12hub directory area {key}")).AsSpan(0, 16), bigEndian: true);

    public static Area Evolve(Area area, object happened) => happened switch
    {
        AreaEvent.Described e => area with
        {
            Key = e.Key,
            IsRetired = false,
            Texts =
            [
                .. area.Texts.Where(text => text.Language != e.Language)
                    .Append(new(e.Language, e.Name, e.Description, e.Phrases))
                    .OrderBy(text => text.Language, StringComparer.Ordinal),
            ],
        },
        AreaEvent.Retired => area with { IsRetired = true },
        _ => throw new UnreachableException($"{happened.GetType().Name} is not folded into Area."),
    };

    /// <summary>Adds events, fold and rows to a store.</summary>
    public static void AddTo(StoreOptions store)
    {
        store.Events.MapEventType<AreaEvent.Described>("directory.area_described");
        store.Events.MapEventType<AreaEvent.Retired>("directory.area_retired");
        store.Aggregates.Add<Area>(StreamKind, id => new(id), Evolve);
        store.Projections.Add<AreaList>(ProjectionLifecycle.Inline);
        store.Tables.Add<AreaRow>("directory.areas", 1, t => t
            .Key(x => x.Id)
            .Index(x => x.Key, x => x.Id)
            .FollowsStream());
    }
}
