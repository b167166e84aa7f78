using K12Hub.Contracts;
using K12Hub.OneRoster.Rest.Access;

namespace K12Hub.OneRoster.Rest.Walking;

/// <summary>How a walk through a collection ended.</summary>
/// <param name="Mode">What its rows say about what is not among them.</param>
/// <param name="Notes">What was found, to be told when the rows are handed out.</param>
internal sealed record WalkEnd(CollectionMode Mode, IReadOnlyList<RosterFinding> Notes)
{
    /// <summary>Why the whole run cannot go on; null when it can.</summary>
    public RosterFinding? Refusal { get; init; }

    public static WalkEnd Refused(RosterFinding reason) => new(CollectionMode.Absent, []) { Refusal = reason };
}

/// <summary>What a source turned out not to be able to; shared by all walks of a run, so that each is found out
/// once.</summary>
internal sealed class SourceAbilities(SourceProfile profile, DateTimeOffset? since)
{
    public bool Fields { get; set; } = profile.Fields;

    public bool Sort { get; set; } = profile.Sort;

    /// <summary>From when on changes are asked for; null for everything.</summary>
    public DateTimeOffset? Since { get; set; } = profile.Delta ? since : null;

    /// <summary>Does without the next thing a source may not know.</summary>
    /// <returns>False when there is nothing left to do without.</returns>
    public bool DropOne(PageQuery asked)
    {
        if (asked.Fields is not null) Fields = false;
        else if (asked.Sorted) Sort = false;
        else if (asked.Since is not null) Since = null;
        else return false;

        return true;
    }
}
