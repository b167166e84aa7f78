namespace K12Hub.EventStore;

/// <summary>Rows that are stored and deleted event by event, in one or more tables, without looking at what is there,
/// or changed by statements. Runs in the background.</summary>
public abstract class EventProjection : IEventFold
{
    private readonly Dictionary<Type, Action<RecordedEvent, IRowOperations>> _steps = [];
    private readonly HashSet<Type> _rows = [];

    /// <summary>Its stable name, module first: <c>roster.movements</c>.</summary>
    public abstract string Name { get; }

    IReadOnlyCollection<Type> IProjection.RowTypes => _rows;

    string? IEventFold.Name => Name;

    IReadOnlyCollection<Type> IEventFold.EventTypes => _steps.Keys;

    /// <summary>Names a table it writes; called once for each in the constructor.</summary>
    protected void Writes<TRow>()
        where TRow : class => _rows.Add(typeof(TRow));

    /// <summary>Says what an event does to the rows.</summary>
    protected void Project<TEvent>(Action<TEvent, IRowOperations> project)
        where TEvent : class
    {
        ArgumentNullException.ThrowIfNull(project);
        _steps.Add(typeof(TEvent), (e, rows) => project((TEvent)e.Data, rows));
    }

    /// <summary>Says what an event does to the rows, looking at its envelope too.</summary>
    protected void Project<TEvent>(Action<TEvent, RecordedEvent, IRowOperations> project)
        where TEvent : class
    {
        ArgumentNullException.ThrowIfNull(project);
        _steps.Add(typeof(TEvent), (e, rows) => project((TEvent)e.Data, e, rows));
    }

    IEnumerable<RowAddress> IEventFold.Reads(RecordedEvent happened) => [];

    IReadOnlyList<RowChange> IEventFold.Project(RecordedEvent happened, RowPage rows)
    {
        var operations = new Operations(rows);
        _steps[happened.Data.GetType()](happened, operations);
        return operations.Changes;
    }

    private sealed class Operations(RowPage rows) : IRowOperations
    {
        public List<RowChange> Changes { get; } = [];

        public void Store<TRow>(TRow row)
            where TRow : class => Changes.Add(new(new(typeof(TRow), rows.KeyOf(row)), row));

        public void Delete<TRow, TKey>(TKey key)
            where TRow : class
            where TKey : notnull => Changes.Add(new(new(typeof(TRow), RowKey.Of(key)), null));

        public void QueueSqlCommand<TRow>(string sql, params object?[] values)
            where TRow : class
        {
            ArgumentNullException.ThrowIfNull(sql);
            ArgumentNullException.ThrowIfNull(values);
            if (!sql.Contains(RowSql.TablePlace, StringComparison.Ordinal))
            {
                throw new ArgumentException("The statement must name its table {table}: a rebuild fills another one.");
            }

            Changes.Add(new(default, null, new(typeof(TRow), sql, values)));
        }
    }
}

/// <summary>What an <see cref="EventProjection"/> may do; all of it is written together, with the position.</summary>
public interface IRowOperations
{
    /// <summary>Stores a row, in place of the one with the same key.</summary>
    void Store<TRow>(TRow row)
        where TRow : class;

    /// <summary>Deletes the row with this key, if it is there.</summary>
    /// <typeparam name="TRow">The row record.</typeparam>
    /// <typeparam name="TKey">The type of the key column, or a tuple or record of the key columns in their
    /// order.</typeparam>
    void Delete<TRow, TKey>(TKey key)
        where TRow : class
        where TKey : notnull;

    /// <summary>Runs a statement of one's own, after what was stored and deleted so far and before what is later. It
    /// must depend on the event and the tables of this projection alone, and rows it
    /// writes cannot be asked for as of a position.</summary>
    /// <typeparam name="TRow">The row record of the table that it writes.</typeparam>
    /// <param name="sql">With <c>{table}</c> for the table, <c>$1</c> for the district, which every row of it has as
    /// <c>tenant_id</c>, and <c>$2</c> and so on for the values: <c>update {table} set times = times + $3 where
    /// tenant_id = $1 and stop = $2</c>. Other tables of the projection stand as their view in braces:
    /// <c>{buses.stops}</c>.</param>
    /// <param name="values">The values; never put into the text.</param>
    void QueueSqlCommand<TRow>(string sql, params object?[] values)
        where TRow : class;
}
