namespace K12Hub.EventStore.Tests.Projections;

/// <summary>How often something was written to a note.</summary>
public sealed record TallyRow(Guid Stream, int Times);

/// <summary>Counts in the database, which a row that is stored over another cannot.</summary>
internal sealed class Tally : EventProjection
{
    private const string Count =
        """
        insert into {table} as t (tenant_id, stream, times) values ($1, $2, $3)
        on conflict (tenant_id, stream) do update set times = t.times + excluded.times
        """;

    public Tally()
    {
        Writes<TallyRow>();
        Project<NoteWritten>((e, envelope, rows) =>
        {
            switch (e.Text.Split(' '))
            {
                case ["set", var times]:
                    rows.Store(new TallyRow(envelope.StreamId, int.Parse(times, null)));
                    break;
                case ["drop"]:
                    rows.Delete<TallyRow, Guid>(envelope.StreamId);
                    break;
                case ["divide", var by]:
                    rows.QueueSqlCommand<TallyRow>(
                        "update {table} set times = times / $3 where tenant_id = $1 and stream = $2",
                        envelope.StreamId, int.Parse(by, null));
                    break;
                case ["elsewhere"]:
                    rows.QueueSqlCommand<TallyRow>("delete from notes.tally_v1");
                    break;
                default:
                    rows.QueueSqlCommand<TallyRow>(Count, envelope.StreamId, 1);
                    break;
            }
        });
    }

    public override string Name => "notes.tally";

    public static void Add(StoreOptions options)
    {
        options.Tables.Add<TallyRow>("notes.tally", 1, t => t.Key(row => row.Stream));
        options.Projections.Add<Tally>(ProjectionLifecycle.Async);
    }
}
