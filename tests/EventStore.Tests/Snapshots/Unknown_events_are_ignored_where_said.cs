using K12Hub.Testing;

namespace K12Hub.EventStore.Tests;

public sealed class Unknown_events_are_ignored_where_said
{
    private static readonly Guid Bus = new("00000000-0000-0000-0000-0000000000b1");

    private static CancellationToken Ct => TestStore.Ct;

    [Fact]
    public async Task An_unknown_event_is_an_error_unless_the_aggregate_goes_on_without_it()
    {
        await using var test = await TestStore.CreateAsync();
        await test.WriteAsync(Bus, "One");
        await test.ExecuteAsync(
            """
            insert into es.events (tenant_id, stream_id, version, event_id, type, schema, data)
            select tenant_id, stream_id, 2, event_id, 'note.coloured', 7, '{}' from es.events;
            update es.streams set version = 2
            """);

        await using var session = test.Session();
        var error = await Assert.ThrowsAsync<InvalidOperationException>(
            () => session.Events.AggregateStreamAsync<Note>(Bus, ct: Ct));
        Assert.Contains("note.coloured", error.Message, StringComparison.Ordinal);
        await using var store = DocumentStore.For(options =>
        {
            options.UseDatabase(test.ConnectionString);
            options.Events.MapEventType<NoteWritten>("note.written");
            options.Aggregates.Add<Note>("note", id => new(id, 0, ""), Note.Evolve).IgnoreEvents("note.coloured");
        });
        await using var tolerant = store.LightweightSession(TestStore.Lincoln);
        var note = await tolerant.Events.FetchForWriting<Note>(Bus, Ct);
        Assert.Equal((1, 2), (note.Aggregate!.Lines, note.CurrentVersion));
        note.AppendOne(new NoteWritten("Three"));
        await tolerant.SaveChangesAsync(Ct);
        Assert.Equal(2, (await tolerant.Events.AggregateStreamAsync<Note>(Bus, ct: Ct))!.Lines);
    }
}
