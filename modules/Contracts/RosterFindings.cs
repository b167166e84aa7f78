using System.Collections.Immutable;

namespace K12Hub.Contracts;

/// <summary>Where a reader says what it found wrong, while it reads: warnings and rejected rows. Reasons to refuse the
/// whole package come as <see cref="RosterOpening.Rejections"/> and <see cref="IRosterSource.Rejection"/> instead.
/// </summary>
public interface IRosterFindings
{
    /// <summary>Takes one finding. Called by one reader at a time, possibly a million times.</summary>
    void Add(RosterFinding f);
}

/// <summary>How often a rule was broken with the same effect.</summary>
/// <param name="Rule">The rule's stable code.</param>
/// <param name="Effect">What it did to the data.</param>
/// <param name="Count">How many findings there were, kept or not.</param>
public sealed record RosterFindingCount(string Rule, FindingEffect Effect, long Count);

/// <summary>Rows of a file that were left out.</summary>
/// <param name="SourcedIds">Their keys, as far as they could be read.</param>
/// <param name="AreAllKnown">False when a left-out row had no key that could be read, or there were too many.</param>
public sealed record RejectedRows(ImmutableHashSet<string> SourcedIds, bool AreAllKnown)
{
    /// <summary>Nothing was left out.</summary>
    public static RejectedRows None { get; } = new([], AreAllKnown: true);
}

/// <summary>Counts every finding and keeps the first ones, so that a file that is wrong in each of a million rows
/// costs no more memory than one that is wrong in a thousand.</summary>
/// <remarks>Refusals of the whole run are always kept: they are few, and the most important thing to read. Not safe
/// for two threads at once.</remarks>
/// <param name="keep">How many findings to keep.</param>
public sealed class CollectedFindings(int keep = CollectedFindings.KeptByDefault) : IRosterFindings
{
    /// <summary>How many findings are kept unless told otherwise.</summary>
    public const int KeptByDefault = 1_000;

    private const int KeysPerFile = 100_000;

    private readonly List<RosterFinding> kept = [];
    private readonly Dictionary<string, RejectedRows> rejected = [];
    private readonly Dictionary<(string Rule, FindingEffect Effect), long> counts = [];

    /// <summary>The first findings, in the order they were met.</summary>
    public IReadOnlyList<RosterFinding> Kept => kept;

    /// <summary>All findings, kept or not.</summary>
    public long Total { get; private set; }

    /// <summary>Every broken rule with its count: refusals first, then rejected rows, then warnings, each most
    /// frequent first.</summary>
    public IReadOnlyList<RosterFindingCount> Counts =>
        [.. counts
            .Select(c => new RosterFindingCount(c.Key.Rule, c.Key.Effect, c.Value))
            .OrderByDescending(c => c.Effect)
            .ThenByDescending(c => c.Count)
            .ThenBy(c => c.Rule, StringComparer.Ordinal)];

    /// <summary>How many findings had an effect.</summary>
    public long CountOf(FindingEffect effect) => counts.Where(c => c.Key.Effect == effect).Sum(c => c.Value);

    /// <summary>Which rows of a file were left out.</summary>
    /// <param name="file">The file's name, for example <c>users.csv</c>.</param>
    public RejectedRows RejectedOf(string file) => rejected.GetValueOrDefault(file, RejectedRows.None);

    /// <inheritdoc/>
    public void Add(RosterFinding f)
    {
        if (f is { Effect: FindingEffect.RowRejected, File: { } file })
        {
            var known = RejectedOf(file);
            rejected[file] = f.SourcedId is { } key && known.SourcedIds.Count < KeysPerFile
                ? known with { SourcedIds = known.SourcedIds.Add(key) }
                : known with { AreAllKnown = false };
        }

        Total++;
        counts[(f.Rule, f.Effect)] = counts.GetValueOrDefault((f.Rule, f.Effect)) + 1;
        if (kept.Count < keep || f.Effect is FindingEffect.RunRejected or FindingEffect.RunHeld) kept.Add(f);
    }
}
