using Npgsql;

namespace K12Hub.EventStore;

/// <summary>The rows that a page of events reads and changes, in memory until they are written at once. However often a
/// row changes within the page, it is written once.</summary>
internal sealed class RowPage(RowTarget target)
{
    private readonly Dictionary<RowAddress, object?> _known = [];
    private readonly HashSet<RowAddress> _changed = [];

    public object? Find(RowAddress address) => _known.GetValueOrDefault(address);

    public RowKey KeyOf(object row) => target.Table(row.GetType()).KeyOf(row);

    /// <summary>All rows that are there.</summary>
    public IEnumerable<object> All => _known.Values.OfType<object>();

    public void Apply(IReadOnlyList<RowChange> changes)
    {
        foreach (var change in changes)
        {
            _known[change.At] = change.Row;
            _changed.Add(change.At);
        }
    }

    /// <summary>Reads rows that are not known yet, one round trip for each table.</summary>
    public async Task LoadAsync(
        NpgsqlConnection connection, short tenant, IEnumerable<RowAddress> wanted, CancellationToken ct)
    {
        foreach (var table in wanted.Where(a => !_known.ContainsKey(a)).Distinct().GroupBy(a => a.Row).ToList())
        {
            var keys = table.Select(a => a.Key).ToList();
            foreach (var address in table)
            {
                _known[address] = null;
            }

            foreach (var row in await target.Table(table.Key).FindAsync(connection, tenant, keys, ct))
            {
                _known[new(table.Key, KeyOf(row))] = row;
            }
        }
    }

    /// <summary>The statements that write what changed: two at most for each table.</summary>
    public IEnumerable<NpgsqlBatchCommand> Writes(short tenant)
    {
        foreach (var table in _changed.GroupBy(a => a.Row).OrderBy(t => t.Key.Name, StringComparer.Ordinal))
        {
            var statements = target.Table(table.Key);
            var stored = table.Select(Find).OfType<object>().ToList();
            var deleted = table.Where(a => Find(a) is null).Select(a => a.Key).ToList();
            if (deleted.Count > 0)
            {
                yield return statements.Delete(tenant, deleted);
            }

            if (stored.Count > 0)
            {
                yield return statements.Upsert(tenant, stored);
            }
        }
    }
}
