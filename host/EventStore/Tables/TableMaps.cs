using System.Diagnostics.CodeAnalysis;

namespace K12Hub.EventStore;

/// <summary>The read tables of a store, by row record.</summary>
public sealed class TableMaps
{
    private readonly Dictionary<Type, TableMap> _byRow = [];
    private readonly List<TableMap> _views = [];

    /// <summary>All tables, in the order they were added.</summary>
    public IReadOnlyCollection<TableMap> All => _byRow.Values;

    /// <summary>Tables of the store itself that are read like read tables.</summary>
    public IReadOnlyCollection<TableMap> Views => _views;

    /// <summary>Adds a table or view of the store itself, to be read like a read table.</summary>
    /// <typeparam name="TRow">The row record; its settable public properties are columns that exist.</typeparam>
    /// <param name="view">Schema and name: <c>es.outbox</c>.</param>
    /// <param name="shape">The key.</param>
    public TableMap AddView<TRow>(string view, Action<TableBuilder<TRow>> shape)
    {
        ArgumentNullException.ThrowIfNull(shape);
        var builder = new TableBuilder<TRow>(new TableName(view, 1, isStores: true));
        shape(builder);
        var map = builder.Build();
        _views.Add(map);
        return map;
    }

    /// <summary>Adds the table of a row record.</summary>
    /// <typeparam name="TRow">The row record; its settable public properties are the columns.</typeparam>
    /// <param name="view">Schema and name readers use, for instance <c>roster.people</c>.</param>
    /// <param name="version">Number of the shape; raise it with every change of columns, key or meaning.</param>
    /// <param name="shape">Key and indexes.</param>
    public TableMap Add<TRow>(string view, int version, Action<TableBuilder<TRow>> shape)
    {
        ArgumentNullException.ThrowIfNull(shape);
        var builder = new TableBuilder<TRow>(new TableName(view, version));
        shape(builder);
        var map = builder.Build();
        if (_byRow.Values.FirstOrDefault(t => t.View == view) is { } other)
        {
            throw new ArgumentException($"{view} is already the table of {other.Row.Name}.");
        }

        return _byRow.TryAdd(typeof(TRow), map)
            ? map
            : throw new ArgumentException($"{typeof(TRow).Name} already has table {_byRow[typeof(TRow)].View}.");
    }

    /// <summary>The table of a row record.</summary>
    public TableMap For<TRow>() => TryFor(typeof(TRow), out var map)
        ? map
        : throw new InvalidOperationException(
            $"{typeof(TRow).Name} has no table. Add options.Tables.Add<{typeof(TRow).Name}>(\"schema.name\", 1, …).");

    /// <summary>The table of a row record, if there is one.</summary>
    public bool TryFor(Type row, [NotNullWhen(true)] out TableMap? map) => _byRow.TryGetValue(row, out map);
}
