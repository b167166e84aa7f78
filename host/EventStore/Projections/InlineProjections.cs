using Npgsql;

namespace K12Hub.EventStore;

/// <summary>The inline projections of a store, by aggregate.</summary>
internal sealed class InlineProjections
{
    private readonly Dictionary<Type, List<RowWriter>> _byAggregate = [];

    public InlineProjections(StoreOptions options)
    {
        foreach (var projection in options.Projections.All
            .Where(p => p.Lifecycle is ProjectionLifecycle.Inline).Select(p => (ISingleStreamProjection)p.Projection))
        {
            _ = options.Aggregates.Find(projection.AggregateType);
            if (!options.Tables.TryFor(projection.RowType, out var table))
            {
                throw new InvalidOperationException(
                    $"{projection.GetType().Name} writes {projection.RowType.Name}, which has no table. "
                    + "Add it to options.Tables.");
            }

            if (!_byAggregate.TryGetValue(projection.AggregateType, out var writers))
            {
                _byAggregate.Add(projection.AggregateType, writers = []);
            }

            writers.Add(new RowWriter(projection, table));
        }
    }

    public IReadOnlyList<RowWriter> Of(Type aggregate) => _byAggregate.GetValueOrDefault(aggregate, []);

    /// <summary>The row that a projection makes of a folded aggregate.</summary>
    public object? RowOf(Type aggregate, Type row, object state) =>
        Of(aggregate).FirstOrDefault(writer => writer.Table.Row == row) is { } writer
            ? writer.RowOf(state)
            : throw new InvalidOperationException(
                $"No inline projection makes a {row.Name} of a {aggregate.Name}. Add one to options.Projections.");

    /// <summary>The statements that bring the rows of folded streams up to date, by table and then by stream id: two
    /// units never lock rows in opposite order.</summary>
    public IEnumerable<NpgsqlBatchCommand> Writes(short tenant, List<PendingStream> streams) =>
        streams.Where(s => s.Aggregate is not null && s.Happened.Count > 0)
            .SelectMany(s => Of(s.Aggregate!.ClrType), (stream, writer) => (stream, writer))
            .OrderBy(w => w.writer.Table.Table, StringComparer.Ordinal)
            .ThenBy(w => w.stream.Id)
            .Select(w => w.writer.Write(
                tenant, w.stream.Id, w.stream.ExpectedVersion + w.stream.Happened.Count, w.stream.State!));
}
