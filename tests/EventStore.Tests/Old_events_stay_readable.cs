using K12Hub.Testing;

namespace K12Hub.EventStore.Tests;

public sealed class Old_events_stay_readable
{
    private static readonly Guid MsReyes = new("00000000-0000-0000-0000-00000000005a");

    [Fact]
    public void Every_event_is_written_as_approved_and_every_approved_one_is_read() => Assert.Empty(
        StoredEvents.Complaints(Events(), [
            new InquiryOpened("Bus 12 was late", "es"),
            new InquiryAssigned(MsReyes),
            new InquiryAnswered("Lo sentimos, señora Ortiz."),
            new InquiryClosed(ClosingReason.Resolved),
            new NoteWritten("A line"),
            new VisitPlanned("Ana", "Ortiz", Guests: 2),
            new SubjectErased(MsReyes, "request 17"),
            new StreamArchived(),
            new EventsMasked(2, ["inquiry.answered"], "request 18"),
        ]));

    [Fact]
    public void The_check_notices_a_changed_shape_a_missing_sample_and_an_unreadable_file()
    {
        var complaints = StoredEvents.Complaints(new StoreOptions().Events, []);
        Assert.Contains(complaints, c => c.Contains("opened.v1.json cannot be read", StringComparison.Ordinal));
        var events = Events();
        Assert.Contains("note.written has no sample", StoredEvents.Complaints(events, []));
        Assert.Contains(
            StoredEvents.Complaints(events, [new InquiryAnswered("Other")]),
            c => c.Contains("""answered.v1.json is now written as {"text":"Other"}""", StringComparison.Ordinal));
    }

    [Fact]
    public void Older_shapes_are_brought_up_step_by_step()
    {
        var events = Events();
        var planned = new VisitPlanned("Ana", "Ortiz", 1);
        Assert.Equal(planned, events.Read("visit.planned", 1, """{"name":"Ana Ortiz"}"""u8));
        Assert.Equal(planned, events.Read("visit.planned", 2, """{"first":"Ana","last":"Ortiz"}"""u8));
        Assert.Equal(planned, events.Read("visit.planned", 3, """{"first":"Ana","last":"Ortiz","guests":1}"""u8));
    }

    [Fact]
    public void What_cannot_be_read_is_an_error_and_never_skipped()
    {
        var events = Events();
        Assert.Contains("does not know", Read("visit.cancelled", 1), StringComparison.Ordinal);
        Assert.Contains("written by a newer program", Read("visit.planned", 4), StringComparison.Ordinal);

        string Read(string name, int schema) =>
            Assert.Throws<InvalidOperationException>(() => events.Read(name, schema, "{}"u8)).Message;
    }

    [Fact]
    public void A_missing_or_misfitting_upcaster_is_noticed_before_the_store_starts()
    {
        Assert.Contains("has no upcaster", Refused(map => map.MapEventType<VisitPlanned>("visit.planned", schema: 2)),
            StringComparison.Ordinal);
        Assert.Contains("schema 2 is VisitPlannedV2", Refused(map => map.MapEventType<VisitPlanned>("visit.planned", 3)
            .Upcast<VisitPlannedV1, VisitPlanned>(1, v1 => new(v1.Name, "", 1))
            .Upcast<VisitPlannedV2, VisitPlanned>(2, v2 => new(v2.First, v2.Last, 1))), StringComparison.Ordinal);

        static string Refused(Action<EventMap> map) => Assert.Throws<InvalidOperationException>(() =>
            DocumentStore.For(o =>
            {
                o.ConnectionString = "Host=nowhere";
                map(o.Events);
            })).Message;
    }

    [Fact]
    public void A_name_or_a_record_is_mapped_once()
    {
        var events = Events();
        Assert.Throws<ArgumentException>(() => events.MapEventType<VisitPlannedV1>("note.written"));
        Assert.Throws<ArgumentException>(() => events.MapEventType<NoteWritten>("note.rewritten"));
    }

    private static EventMap Events()
    {
        var options = new StoreOptions();
        TestStore.Configure(options, null);
        options.Events.MapEventType<VisitPlanned>("visit.planned", schema: 3)
            .Upcast<VisitPlannedV1, VisitPlannedV2>(1, v1 => new(v1.Name.Split(' ')[0], v1.Name.Split(' ')[1]))
            .Upcast<VisitPlannedV2, VisitPlanned>(2, v2 => new(v2.First, v2.Last, Guests: 1));
        return options.Events;
    }

    private sealed record VisitPlannedV1(string Name);

    private sealed record VisitPlannedV2(string First, string Last);

    private sealed record VisitPlanned(string First, string Last, int Guests);
}
