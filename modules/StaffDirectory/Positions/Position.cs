using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using K12Hub.EventStore;

namespace K12Hub.StaffDirectory;

/// <summary>What can have happened to a position.</summary>
/// <remarks>Shapes are stored for ever: add, never rename; a changed meaning is a new shape and an upcaster.</remarks>
internal abstract record PositionEvent
{
    /// <summary>Somebody said in one language what it is called.</summary>
    /// <param name="Key">The position's own key, the same for ever.</param>
    /// <param name="Language">en or es.</param>
    /// <param name="Title">What it is called.</param>
    public sealed record Described(string Key, string Language, string Title) : PositionEvent;

    /// <summary>The district has it no longer.</summary>
    public sealed record Retired : PositionEvent;
}

/// <summary>Something that people are in a district, whoever it is at the moment: principal, bus dispatcher. Folded
/// from its events.</summary>
internal sealed record Position(Guid Id)
{
    /// <summary>Stored name of the streams.</summary>
    public const string StreamKind = "position";

    public string? Key { get; init; }

    /// <summary>One title per language, in the order of the languages.</summary>
    public IReadOnlyList<PositionTitle> Titles { get; init; } = [];

    public bool IsRetired { get; init; }

    /// <summary>The position of a key: nobody has to look it up.</summary>
    public static Guid IdOf(string key) => new(
        SHA256.HashData(Encoding.UTF8.GetBytes($"k12hub directory position {key}")).AsSpan(0, 16), bigEndian: true);

    public static Position Evolve(Position position, object happened) => happened switch
    {
        PositionEvent.Described e => position with
        {
            Key = e.Key,
            IsRetired = false,
            Titles =
            [
                .. position.Titles.Where(title => title.Language != e.Language)
                    .Append(new(e.Language, e.Title))
                    .OrderBy(title => title.Language, StringComparer.Ordinal),
            ],
        },
        PositionEvent.Retired => position with { IsRetired = true },
        _ => throw new UnreachableException($"{happened.GetType().Name} is not folded into Position."),
    };

    /// <summary>Adds events, fold and rows to a store.</summary>
    public static void AddTo(StoreOptions store)
    {
        store.Events.MapEventType<PositionEvent.Described>("directory.position_described");
        store.Events.MapEventType<PositionEvent.Retired>("directory.position_retired");
        store.Aggregates.Add<Position>(StreamKind, id => new(id), Evolve);
        store.Projections.Add<PositionList>(ProjectionLifecycle.Inline);
        store.Tables.Add<PositionRow>("directory.positions", 1, t => t
            .Key(x => x.Id)
            .Index(x => x.Key, x => x.Id)
            .FollowsStream());
    }
}
