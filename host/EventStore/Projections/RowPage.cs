using Npgsql;

namespace K12Hub.EventStore;

/// <summary>The rows that a page of events reads and changes, in memory until they are written at once. However often a
/// row changes within the page, it is written once.</summary>
internal sealed class RowPage(RowTarget target)
{
    private readonly Dictionary<RowAddress, object?> _known = [];
    private readonly HashSet<RowAddress> _changed = [];
    private readonly List<Statement> _statements = [];

    public object? Find(RowAddress address) => _known.GetValueOrDefault(address);

    public RowKey KeyOf(object row) => target.Table(row.GetType()).KeyOf(row);

    /// <summary>All rows that are there.</summary>
    /// <exception cref="ProjectionException">Statements write rows that are not known here.</exception>
    public IEnumerable<object> All => _statements.Count == 0
        ? _known.Values.OfType<object>()
        : throw new ProjectionException("The rows are written by statements: only the database can tell them.");

    public void Apply(IReadOnlyList<RowChange> changes)
    {
        foreach (var change in changes)
        {
            if (change.Sql is { } sql)
            {
                _ = target.Table(sql.Row); // Or the event is at fault, and not the page.
                _statements.Add(new(_changed.ToDictionary(a => a, Find), sql));
                _changed.Clear();
                continue;
            }

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

    /// <summary>The statements that write what changed: two at most for each table, and those that were
    /// queued.</summary>
    public IEnumerable<NpgsqlBatchCommand> Writes(short tenant)
    {
        foreach (var statement in _statements)
        {
            foreach (var before in Writes(tenant, statement.Before))
            {
                yield return before;
            }

            yield return statement.Sql.Over(target, tenant);
        }

        foreach (var last in Writes(tenant, _changed.ToDictionary(a => a, Find)))
        {
            yield return last;
        }
    }

    private IEnumerable<NpgsqlBatchCommand> Writes(short tenant, Dictionary<RowAddress, object?> changed)
    {
        foreach (var table in changed.GroupBy(c => c.Key.Row).OrderBy(t => t.Key.Name, StringComparer.Ordinal))
        {
            var statements = target.Table(table.Key);
            var stored = table.Select(c => c.Value).OfType<object>().ToList();
            var deleted = table.Where(c => c.Value is null).Select(c => c.Key.Key).ToList();
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

    /// <summary>A statement, and the rows that are written before it.</summary>
    private sealed record Statement(Dictionary<RowAddress, object?> Before, RowSql Sql);
}
