namespace K12Hub.Roster;

/// <summary>What a run would do, or did, to the records of one kind in one school.</summary>
/// <param name="Collection">OneRoster's name of the kind.</param>
/// <param name="School">The school; null for what belongs to none, or to the district.</param>
/// <param name="SchoolName">Its name; null without a school.</param>
/// <param name="InForce">Records in force before the run.</param>
/// <param name="Added">Records sent for the first time.</param>
/// <param name="Changed">Records that say something else than before.</param>
/// <param name="Ended">Records no longer sent, or marked as to be deleted.</param>
/// <param name="Returned">Records sent again after they had ended.</param>
public sealed record ProposedChange(
    string Collection, Guid? School, string? SchoolName, int InForce, int Added, int Changed, int Ended, int Returned)
{
    /// <summary>Of those that end, how many because their time is over, as the sessions say.</summary>
    internal int Expected { get; init; }

    /// <summary>People who are not sent any more, and end when the grace is over.</summary>
    internal int Missing { get; init; }

    /// <summary>Records in force after the run.</summary>
    public int After => InForce - Ended + Added + Returned;

    /// <summary>How many records are not as before.</summary>
    public int Differences => Added + Changed + Ended + Returned;

    /// <summary>Share of the records in force that would end, in per cent; 0 where there were none.</summary>
    public double EndedPercent => PercentOf(Ended, InForce);

    internal static double PercentOf(int part, int whole) => whole == 0 ? 0 : Math.Round(100.0 * part / whole, 1);

    internal ProposedChange And(ProposedChange other) => this with
    {
        InForce = InForce + other.InForce,
        Added = Added + other.Added,
        Changed = Changed + other.Changed,
        Ended = Ended + other.Ended,
        Returned = Returned + other.Returned,
        Expected = Expected + other.Expected,
        Missing = Missing + other.Missing,
    };

    /// <summary>The same with who is missing as ended.</summary>
    internal ProposedChange WithoutGrace() => this with { Ended = Ended + Missing, Missing = 0 };

    /// <summary>The same without what ends because its time is over.</summary>
    internal ProposedChange Unexpected() => this with
    {
        InForce = InForce - Expected, Ended = Ended - Expected, Expected = 0,
    };
}
