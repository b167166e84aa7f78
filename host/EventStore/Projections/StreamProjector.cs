using System.Runtime.CompilerServices;
using Npgsql;

namespace K12Hub.EventStore;

/// <summary>Brings the rows of all streams up to date that have an event in the page: folds each from its beginning up
/// to the end of the page. A row carries its stream's version, so doing it twice does no harm.</summary>
internal sealed class StreamProjector : Projector
{
    private const string FindTouched =
        """
        select distinct e.stream_id from es.events e join es.streams s using (tenant_id, stream_id)
         where e.tenant_id = $1 and e.position > $2 and e.position <= $3 and s.kind = $4
        """;

    private const string ReadTouched =
        $"""
        select {RecordedEventReader.Columns} from es.events e
         where tenant_id = $1 and position > $2 and position <= $3 and stream_id = any($6) and {NotSetAside}
         order by stream_id, version
        """;

    private const string ReadAll =
        $"""
        select {RecordedEventReader.Columns} from es.events e
         where tenant_id = $1 and position > $2 and position <= $3 and {NotSetAside}
           and exists (select from es.streams s
                 where s.tenant_id = e.tenant_id and s.stream_id = e.stream_id and s.kind = $6)
         order by stream_id, version
        """;

    private readonly ISingleStreamProjection _projection;
    private readonly AggregateType _aggregate;
    private readonly RecordedEventReader _reader;

    public StreamProjector(
        AddedProjection added, ISingleStreamProjection projection, StoreOptions options, RecordedEventReader reader)
        : base(added, null, options.Tables)
    {
        (_projection, _reader) = (projection, reader);
        _aggregate = options.Aggregates.Find(projection.AggregateType);
        _ = new RowWriter(projection, Tables[0]); // Checks that key and shape fit a stream.
    }

    public string Kind => _aggregate.Kind;

    protected override string[]? Types => null;

    public override async Task<IReadOnlyList<NpgsqlBatchCommand>> ProjectAsync(
        NpgsqlConnection connection, short tenant, PageRange page, ProjectionPass pass, CancellationToken ct)
    {
        var touched = await TouchedAsync(connection, tenant, page, ct);
        if (touched.Length == 0)
        {
            return [];
        }

        await using var command = new NpgsqlCommand(ReadTouched, connection);
        AddRange(command, tenant, page with { After = 0 });
        AddSetAside(command, pass);
        command.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = touched });
        var (stored, gone) = (new List<FoldedStream>(), new List<FoldedStream>());
        await foreach (var stream in FoldAsync(command, tenant, pass, ct))
        {
            (stream.Row is null ? gone : stored).Add(stream);
        }

        return [.. Writes(tenant, pass.Target.Table(_projection.RowType), stored, gone)];
    }

    public override async Task<IReadOnlyList<object>> RowsAsOfAsync(
        NpgsqlConnection connection, short tenant, long position, CancellationToken ct)
    {
        var rows = new List<object>();
        await foreach (var stream in FoldAllAsync(connection, tenant, position, new(Live), ct))
        {
            if (stream.Row is { } row)
            {
                rows.Add(row);
            }
        }

        return rows;
    }

    /// <summary>Counts what has happened to streams of the kind until now: a little too much is said sooner.</summary>
    public override async Task<bool> HasMoreThanAsync(
        NpgsqlConnection connection, short tenant, long position, int events, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(
            "select coalesce(sum(version), 0) > $3 from es.streams where tenant_id = $1 and kind = $2", connection);
        command.Parameters.Add(new NpgsqlParameter<short> { TypedValue = tenant });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = Kind });
        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = events });
        return (bool)(await command.ExecuteScalarAsync(ct))!;
    }

    /// <summary>All streams of a district as they were at a position, by id.</summary>
    public async IAsyncEnumerable<FoldedStream> FoldAllAsync(
        NpgsqlConnection connection,
        short tenant,
        long upTo,
        ProjectionPass pass,
        [EnumeratorCancellation] CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(ReadAll, connection) { CommandTimeout = 0 };
        AddRange(command, tenant, new(0, upTo));
        AddSetAside(command, pass);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = Kind });
        await foreach (var stream in FoldAsync(command, tenant, pass, ct))
        {
            yield return stream;
        }
    }

    private async Task<Guid[]> TouchedAsync(
        NpgsqlConnection connection, short tenant, PageRange page, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(FindTouched, connection);
        AddRange(command, tenant, page);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = Kind });
        await using var row = await command.ExecuteReaderAsync(ct);
        var ids = new List<Guid>();
        while (await row.ReadAsync(ct))
        {
            ids.Add(row.GetGuid(0));
        }

        return [.. ids];
    }

    /// <summary>Folds events that come stream by stream.</summary>
    private async IAsyncEnumerable<FoldedStream> FoldAsync(
        NpgsqlCommand command, short tenant, ProjectionPass pass, [EnumeratorCancellation] CancellationToken ct)
    {
        var district = new DistrictId(tenant);
        await using var row = await command.ExecuteReaderAsync(ct);
        var happened = new List<(PoisonEvent At, object Data)>();
        PoisonEvent? last = null;
        var version = 0;
        await foreach (var (one, keys) in _reader.ReadOnAsync(row, district, ct))
        {
            var at = one.Identity;
            if (last is not null && last.StreamId != at.StreamId)
            {
                yield return new(last.StreamId, version, Folded(last.StreamId, happened, pass));
                happened.Clear();
            }

            if (!_reader.IsIgnored(one, _aggregate))
            {
                pass.Try(at, () => happened.Add((at, _reader.Open(one, district, keys).Data)));
            }

            (last, version) = (at, one.Version);
        }

        if (last is not null)
        {
            yield return new(last.StreamId, version, Folded(last.StreamId, happened, pass));
        }
    }

    /// <summary>The row of a stream. Without an event that is put aside the fold begins again: an aggregate may have
    /// changed itself before it failed.</summary>
    private object? Folded(Guid id, List<(PoisonEvent At, object Data)> happened, ProjectionPass pass)
    {
        while (true)
        {
            object? state = null;
            object? made = null;
            var bad = happened.FindIndex(one =>
                !pass.Try(one.At, () => state = _aggregate.Fold(id, state, [one.Data])));
            if (bad < 0 && (state is null || pass.Try(happened[^1].At, () => made = RowOf(id, state))))
            {
                return made;
            }

            happened.RemoveAt(bad < 0 ? happened.Count - 1 : bad);
        }
    }

    private object? RowOf(Guid streamId, object state)
    {
        var made = _projection.RowOf(state);
        return made is null || Live.Table(_projection.RowType).KeyOf(made).Equals(new RowKey(streamId))
            ? made
            : throw new ProjectionException(
                $"{_projection.GetType().Name} gave a stream the row of another: its key is not the stream's id.");
    }

    private static IEnumerable<NpgsqlBatchCommand> Writes(
        short tenant, RowTable table, List<FoldedStream> stored, List<FoldedStream> gone)
    {
        if (gone.Count > 0)
        {
            yield return table.Delete(
                tenant, [.. gone.Select(s => new RowKey(s.Id))], [.. gone.Select(s => s.Version)]);
        }

        if (stored.Count > 0)
        {
            yield return table.Upsert(
                tenant, [.. stored.Select(s => s.Row!)], [.. stored.Select(s => s.Version)]);
        }
    }
}

/// <summary>A stream as its row shows it; without row when the projection makes none of it.</summary>
internal readonly record struct FoldedStream(Guid Id, int Version, object? Row);
