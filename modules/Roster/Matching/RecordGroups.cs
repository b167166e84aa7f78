namespace K12Hub.Roster;

/// <summary>Which records hang together.</summary>
internal sealed class RecordGroups
{
    private readonly Dictionary<Guid, Guid> above = [];
    private readonly Dictionary<Guid, HashSet<string>> sources = [];

    /// <summary>Joins two records that somebody or something says are one person.</summary>
    public void Join(Guid first, Guid second)
    {
        var (one, other) = (RootOf(first), RootOf(second));
        if (one == other) return;

        // The least id is that of the person.
        var (root, child) = one.CompareTo(other) < 0 ? (one, other) : (other, one);
        above[child] = root;
        if (sources.Remove(child, out var moved)) SourcesOf(root).UnionWith(moved);
    }

    /// <summary>Says which source a record is of.</summary>
    public void Note(Guid record, string source) => SourcesOf(RootOf(record)).Add(source);

    /// <summary>Joins two records of sources unless a person would then have two of one source: somebody has to look
    /// at that.</summary>
    public bool TryJoin((Guid Id, string Source) first, (Guid Id, string Source) second)
    {
        var (one, other) = (RootOf(first.Id), RootOf(second.Id));
        if (one == other) return true;

        SourcesOf(one).Add(first.Source);
        SourcesOf(other).Add(second.Source);
        if (SourcesOf(one).Overlaps(SourcesOf(other))) return false;

        Join(first.Id, second.Id);
        return true;
    }

    /// <summary>All records with the person they belong to.</summary>
    public IEnumerable<(Guid Record, Guid Person)> All => above.Keys.Concat(above.Values).Distinct()
        .Select(record => (record, RootOf(record)));

    private HashSet<string> SourcesOf(Guid root) =>
        sources.TryGetValue(root, out var known) ? known : sources[root] = new(StringComparer.Ordinal);

    private Guid RootOf(Guid record)
    {
        var root = record;
        while (above.TryGetValue(root, out var next)) root = next;
        while (above.TryGetValue(record, out var next) && next != root) (above[record], record) = (root, next);
        return root;
    }
}
