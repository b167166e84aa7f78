using System.Text.Json;
using System.Text.Json.Serialization;
using K12Hub.Contracts;

namespace K12Hub.Roster;

/// <summary>What came of a run.</summary>
public enum ImportStatus
{
    /// <summary>The differences are stored.</summary>
    Applied,

    /// <summary>Nothing differs from what is known; nothing was written.</summary>
    Unchanged,

    /// <summary>Another run was going on, or somebody was erased meanwhile. Nothing was written.</summary>
    Refused,

    /// <summary>It cannot be read. Nothing was written.</summary>
    Rejected,

    /// <summary>It waits for a person: so much would end that it looks wrong, or a proposal is all that was asked
    /// for. Nothing is applied before.</summary>
    Held,

    /// <summary>It was held, and a newer run of the source has taken its place.</summary>
    Superseded,

    /// <summary>It was held, and a person said no.</summary>
    Declined,

    /// <summary>It was applied, and taken back as a whole.</summary>
    RolledBack,
}

/// <summary>What a run did to one collection.</summary>
/// <param name="Added">Records sent for the first time.</param>
/// <param name="Changed">Records that say something else than before.</param>
/// <param name="Ended">Records no longer sent, or marked as to be deleted.</param>
/// <param name="Rejected">Rows left out because something is wrong with them.</param>
/// <param name="Returned">Records sent again after they had ended.</param>
public sealed record ImportCounts(int Added, int Changed, int Ended, int Rejected, int Returned)
{
    /// <summary>Nothing, of every collection.</summary>
    internal static IReadOnlyDictionary<string, ImportCounts> OfNothing { get; } =
        RosterCollections.All.ToDictionary(name => name, _ => new ImportCounts(0, 0, 0, 0, 0));

    /// <summary>How many records are not as before.</summary>
    [JsonIgnore]
    public int Differences => Added + Changed + Ended + Returned;
}

/// <summary>A finished run.</summary>
/// <param name="Run">Id of its record; null when nothing was recorded.</param>
/// <param name="Status">What came of it.</param>
/// <param name="Counts">What it did, or would have done while it is held, by OneRoster's collection names.</param>
/// <param name="Findings">What it found wrong: the first 1,000, in the order of finding.</param>
/// <param name="DurationMs">How long it took, in milliseconds.</param>
public sealed record ImportOutcome(
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] Guid? Run,
    ImportStatus Status,
    IReadOnlyDictionary<string, ImportCounts> Counts,
    IReadOnlyList<RosterFinding> Findings,
    long DurationMs)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    /// <summary>What is said of a package that was never begun with, and so is not recorded.</summary>
    /// <param name="why">What is wrong with it.</param>
    public static ImportOutcome NotBegun(IReadOnlyList<RosterFinding> why) =>
        new(null, ImportStatus.Rejected, ImportCounts.OfNothing, why, 0);

    /// <summary>The outcome for programs: one line of JSON.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, Json);
}
