namespace K12Hub.App.Tests.Faults;

/// <summary>Global ids of what mutations are about in a <see cref="FaultyHub"/>.</summary>
internal sealed class ThingsThere
{
    public string HeldRun { get; set; } = "";

    public string AppliedRun { get; set; } = "";

    public string DeadLetter { get; set; } = "";

    public string Override { get; set; } = "";

    public string SuggestedMatch { get; set; } = "";

    public string LinkedMatch { get; set; } = "";

    public string Student { get; set; } = "";

    public string OtherStudent { get; set; } = "";

    public string Alert { get; set; } = "";

    public string Token { get; set; } = "";

    public string Grant { get; set; } = "";

    public string Link { get; set; } = "";

    public string BreakGlass { get; set; } = "";

    public string Hold { get; set; } = "";

    public string Area { get; set; } = "";

    public string Erasure { get; set; } = "";

    public string Amendment { get; set; } = "";

    public string DeclinedAmendment { get; set; } = "";

    public string Staff { get; set; } = "";

    public string School { get; set; } = "";

    public string Position { get; set; } = "";

    public string Assignment { get; set; } = "";

    public string Chain { get; set; } = "";

    public string Absence { get; set; } = "";

    /// <summary>Something private that one person asked to see, another agreed to, and nobody else looked at.</summary>
    public string OpenedBreakGlass { get; set; } = "";
}
