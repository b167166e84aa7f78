namespace K12Hub.EventStore.Tests.Projections;

/// <summary>A line that was written.</summary>
public sealed record LineRow(long Position);

/// <summary>How many lines there were when somebody last summed them up.</summary>
public sealed record SumRow(Guid Stream, long Lines);

/// <summary>Writes two tables, the second one out of the first.</summary>
internal sealed class Sums : EventProjection
{
    private const string SumUp =
        """
        insert into {table} (tenant_id, stream, lines)
        select $1, $2, count(*) from {notes.lines} where tenant_id = $1
        on conflict (tenant_id, stream) do update set lines = excluded.lines
        """;

    public Sums()
    {
        Writes<LineRow>();
        Writes<SumRow>();
        Project<NoteWritten>((e, envelope, rows) =>
        {
            if (e.Text == "sum") rows.QueueSqlCommand<SumRow>(SumUp, envelope.StreamId);
            else rows.Store(new LineRow(envelope.Position));
        });
    }

    public override string Name => "notes.sums";

    public static void Add(StoreOptions options)
    {
        options.Tables.Add<LineRow>("notes.lines", 1, t => t.Key(row => row.Position));
        options.Tables.Add<SumRow>("notes.sums", 1, t => t.Key(row => row.Stream));
        options.Projections.Add<Sums>(ProjectionLifecycle.Async);
    }
}
