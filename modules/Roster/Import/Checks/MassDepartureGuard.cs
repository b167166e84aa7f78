using System.Globalization;
using K12Hub.Contracts;

namespace K12Hub.Roster;

/// <summary>A truncated export looks just like a mass departure. When too much would end at once the run stops, and a
/// person looks.</summary>
internal static class MassDepartureGuard
{
    /// <summary>Stable code of the rule.</summary>
    public const string Code = "guard.massDeparture";

    /// <summary>Share of a collection that may end in one run; 0 to 1.</summary>
    private const double LargestLoss = 0.5;

    /// <summary>Collections smaller than this may shrink as they like, but not to nothing.</summary>
    private const int SmallestGuarded = 20;

    /// <summary>Why a run must not be applied; null when it may.</summary>
    /// <param name="collection">OneRoster's name of the collection.</param>
    /// <param name="known">Records in force before the run.</param>
    /// <param name="counts">What the run would do.</param>
    /// <param name="file">What the finding calls its file.</param>
    public static RosterFinding? Look(string collection, int known, ImportCounts counts, string? file = null)
    {
        var left = known - counts.Ended + counts.Added + counts.Returned;
        var empties = known > 0 && left <= 0;
        var halves = known >= SmallestGuarded && counts.Ended > known * LargestLoss;
        if (!empties && !halves) return null;

        var whatEnds = string.Create(CultureInfo.InvariantCulture, $"{counts.Ended:N0} of {known:N0} {collection}");
        return new(
            FindingEffect.RunRejected,
            Code,
            $"{whatEnds} would end at once. Nothing was applied. If the export is complete, run it again with --force.",
            file ?? $"{collection}.csv");
    }
}
