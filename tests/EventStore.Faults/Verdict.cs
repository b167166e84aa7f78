namespace K12Hub.EventStore.Faults;

/// <summary>What a run showed, in one line.</summary>
internal sealed record Verdict(
    int Seed, TimeSpan Took, long Events, int Acknowledged, Harm Harm, IReadOnlyList<(string Name, long Count)> Wrong)
{
    // Less than this and nothing was put to the test.
    private const int FewestEvents = 500;

    /// <summary>Whether everything held.</summary>
    public bool Held => Wrong.All(check => check.Count == 0);

    /// <summary>Whether there was load and harm enough for the answer to mean something.</summary>
    public bool MeansSomething => Events >= FewestEvents && Harm.Sessions > 10 && Harm.Nodes > 0;

    public override string ToString() =>
        $"seed {Seed}, {Took.TotalSeconds:0} s: {Events:N0} events, {Acknowledged:N0} commands acknowledged; "
        + $"{Harm.Sessions} sessions and {Harm.Nodes} nodes killed, {Harm.Frozen} frozen, "
        + $"{Harm.Crashes} crashes of PostgreSQL; "
        + string.Join(", ", Wrong.Select(check => $"{check.Name} {check.Count}"));
}
