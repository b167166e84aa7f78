namespace K12Hub.EventStore.Faults;

/// <summary>What a run showed, in one line.</summary>
internal sealed record Verdict(
    FaultOptions Options, TimeSpan Took, long Events, int Acknowledged, Load Load,
    IReadOnlyList<(string Name, long Count)> Wrong)
{
    // Less than this and nothing was put to the test.
    private const int FewestEvents = 500;

    // Shorter runs may end before the server crashes, or with too short a transaction in bulk.
    private static readonly TimeSpan Whole = TimeSpan.FromMinutes(1);

    /// <summary>Whether everything held.</summary>
    public bool Held => Wrong.All(check => check.Count == 0);

    /// <summary>Whether there was load and harm enough for the answer to mean something.</summary>
    public bool MeansSomething => Events >= FewestEvents && Load.Harm is { Cut: > 10, Nodes: > 0 }
        && (Options.Duration < Whole
            || (Load.Crashes is { Servers: > 0, Processes: > 0 } && Load.Harm.WithLease > 0 && Load.Bulk.LongOnes > 0));

    public override string ToString() =>
        $"seed {Options.Seed}, {Took.TotalSeconds:0} s: {Events:N0} events, {Acknowledged:N0} commands acknowledged; "
        + $"{Load.Harm.Cut} sessions cut, {Load.Harm.Nodes} nodes killed, {Load.Harm.Frozen} frozen "
        + $"({Load.Harm.WithLease} with a checkpoint), PostgreSQL killed {Load.Crashes.Servers} times and a process of "
        + $"it {Load.Crashes.Processes} times, {Load.Bulk.All.Count} transactions in bulk ({Load.Bulk.LongOnes} long); "
        + string.Join(", ", Wrong.Select(check => $"{check.Name} {check.Count}"));
}
