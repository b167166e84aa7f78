using K12Hub.Contracts;
using K12Hub.EventStore;

namespace K12Hub.Roster;

/// <summary>What every step of a run needs to know: whose it is, of which source, how each collection came, and
/// whether roles came within the people, and what findings call the file of a collection.</summary>
internal sealed record RunScope(
    StagingArea Area,
    DistrictId District,
    string Source,
    IReadOnlyDictionary<string, CollectionMode> Modes,
    bool RolesCameWithUsers,
    Func<string, string> NameOf)
{
    /// <summary>The source whose keys are meant; another one than <see cref="Source"/> where a file supplements what
    /// that sends.</summary>
    public string KeysOf { get; init; } = Source;

    /// <summary>How a kind is sent.</summary>
    public CollectionMode ModeOf(RosterKind kind) => Modes.GetValueOrDefault(kind.Collection, CollectionMode.Absent);

    /// <summary>Whether a kind is sent at all.</summary>
    public bool IsSent(RosterKind kind) => ModeOf(kind) is not CollectionMode.Absent;
}
