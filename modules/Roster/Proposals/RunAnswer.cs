using K12Hub.Hosting;

namespace K12Hub.Roster;

/// <summary>What came of deciding about a run.</summary>
/// <param name="Run">The run; null when there is none.</param>
/// <param name="Status">Its status now; null when it was refused.</param>
/// <param name="Refusal">Why it was refused; null when it is done.</param>
public sealed record RunAnswer(Guid? Run, ImportStatus? Status, Refusal? Refusal)
{
    /// <summary>A no.</summary>
    public static implicit operator RunAnswer(Refusal refusal) => ToRunAnswer(refusal);

    /// <summary>A no.</summary>
    public static RunAnswer ToRunAnswer(Refusal refusal) => new(null, null, refusal);
}
