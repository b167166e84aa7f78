namespace K12Hub.EventStore;

/// <summary>The tables a projection writes at the moment: those that are read, or those of a rebuild.</summary>
internal sealed class RowTarget
{
    private readonly Dictionary<Type, RowTable> _byRow;

    /// <param name="tables">The shapes.</param>
    /// <param name="named">Where the rows of a shape go.</param>
    public RowTarget(IEnumerable<TableMap> tables, Func<TableMap, string> named) =>
        _byRow = tables.ToDictionary(map => map.Row, map => new RowTable(map, named(map)));

    public IEnumerable<RowTable> Tables => _byRow.Values;

    public RowTable Table(Type row) => _byRow.TryGetValue(row, out var table)
        ? table
        : throw new ProjectionException($"The projection did not say that it writes {row.Name}.");
}
