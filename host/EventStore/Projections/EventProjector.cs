using Npgsql;

namespace K12Hub.EventStore;

/// <summary>Projects events one by one in the order of the log; the rows a page touches are read and written in one
/// round trip each.</summary>
internal sealed class EventProjector : Projector
{
    private const string Read =
        $"""
        select {RecordedEventReader.Columns} from es.events e
         where tenant_id = $1 and position > $2 and position <= $3 and type = any($6) and {NotSetAside}
         order by position
        """;

    private readonly IEventFold _fold;
    private readonly RecordedEventReader _reader;
    private readonly string[] _types;

    public EventProjector(
        AddedProjection added, IEventFold fold, StoreOptions options, RecordedEventReader reader)
        : base(added, fold.Name, options.Tables)
    {
        (_fold, _reader) = (fold, reader);
        _types = [.. fold.EventTypes.Select(type => options.Events.Find(type).Name)];
        if (_types.Length == 0)
        {
            throw new InvalidOperationException($"{fold.GetType().Name} takes no event.");
        }

        if (Tables.FirstOrDefault(table => table.FollowsStream) is { } wrong)
        {
            throw new InvalidOperationException(
                $"{wrong.View} follows one stream, but {fold.GetType().Name} writes it from many: leave out "
                + "FollowsStream().");
        }
    }

    protected override string[] Types => _types;

    public override async Task<IReadOnlyList<NpgsqlBatchCommand>> ProjectAsync(
        NpgsqlConnection connection, short tenant, PageRange page, ProjectionPass pass, CancellationToken ct)
    {
        var rows = new RowPage(pass.Target);
        var events = await ReadAsync(connection, tenant, page, pass, ct);
        var wanted = new List<RowAddress>(events.Count);
        events.RemoveAll(happened => !pass.Try(happened.Identity, () => wanted.AddRange(_fold.Reads(happened))));
        await rows.LoadAsync(connection, tenant, wanted, ct);
        Project(events, rows, pass);
        return [.. rows.Writes(tenant)];
    }

    public override async Task<IReadOnlyList<object>> RowsAsOfAsync(
        NpgsqlConnection connection, short tenant, long position, CancellationToken ct)
    {
        var pass = new ProjectionPass(Live);
        var rows = new RowPage(Live);
        Project(await ReadAsync(connection, tenant, new(0, position), pass, ct), rows, pass);
        return [.. rows.All];
    }

    private void Project(List<RecordedEvent> events, RowPage rows, ProjectionPass pass)
    {
        foreach (var happened in events)
        {
            pass.Try(happened.Identity, () => rows.Apply(_fold.Project(happened, rows)));
        }
    }

    private async Task<List<RecordedEvent>> ReadAsync(
        NpgsqlConnection connection, short tenant, PageRange page, ProjectionPass pass, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(Read, connection);
        AddRange(command, tenant, page);
        AddSetAside(command, pass);
        command.Parameters.Add(new() { Value = _types, NpgsqlDbType = TextArray });
        await using var row = await command.ExecuteReaderAsync(ct);
        var events = new List<RecordedEvent>();
        var district = new DistrictId(tenant);
        await foreach (var (one, keys) in _reader.ReadOnAsync(row, district, ct))
        {
            pass.Try(one.Identity, () => events.Add(_reader.Open(one, district, keys)));
        }

        return events;
    }
}
