namespace K12Hub.EventStore.Tests;

public sealed class Streams_are_read_as_they_were
{
    private static readonly Guid Bus = new("00000000-0000-0000-0000-0000000000b1");

    [Fact]
    public async Task A_stream_is_read_in_order_with_who_and_why()
    {
        await using var test = await TestStore.CreateAsync();
        var why = new EventMetadata("person:reyes", Guid.CreateVersion7(), Guid.CreateVersion7());
        await using var session = test.Store.LightweightSession(TestStore.Lincoln, why);
        session.Events.StartStream<Inquiry>(
            Bus, new InquiryOpened("Bus 12 was late", "es"), new InquiryAnswered("Sí"));
        await session.SaveChangesAsync(TestStore.Ct);

        var events = await session.Events.FetchStreamAsync(Bus, ct: TestStore.Ct);

        Assert.Equal([1, 2], events.Select(e => e.Version));
        Assert.Equal(new InquiryOpened("Bus 12 was late", "es"), events[0].Data);
        Assert.Equal(new InquiryAnswered("Sí"), events[1].Data);
        Assert.All(events, e => Assert.Equal(why, e.Metadata));
        var now = DateTimeOffset.UtcNow;
        Assert.All(events, e => Assert.True((now - e.RecordedAt).Duration() < TimeSpan.FromMinutes(5)));
        Assert.Empty(await session.Events.FetchStreamAsync(Guid.CreateVersion7(), ct: TestStore.Ct));
    }

    [Fact]
    public async Task Events_are_read_by_their_places_in_many_streams()
    {
        await using var test = await TestStore.CreateAsync();
        var lunch = Guid.CreateVersion7();
        await test.OpenAsync(Bus, "Bus 12", new InquiryAnswered("One."), new InquiryAnswered("Two."));
        await test.OpenAsync(lunch, "Lunch money");

        var events = await test.Store.Feed.ReadAsync(
            TestStore.Lincoln, [(Bus, 2), (lunch, 1), (lunch, 7), (Guid.CreateVersion7(), 1)], TestStore.Ct);

        Assert.Equal(
            [(Bus, 2), (lunch, 1)],
            events.OrderByDescending(e => e.Version).Select(e => (e.StreamId, e.Version)));
        Assert.Contains(new InquiryAnswered("One."), events.Select(e => e.Data));
    }

    [Fact]
    public async Task A_stream_folds_to_what_it_was_at_a_version_or_moment()
    {
        await using var test = await TestStore.CreateAsync();
        await test.OpenAsync(Bus, "Lunch money", new InquiryAnswered("One."));
        await using var session = test.Session();
        var then = (await session.Events.FetchStreamAsync(Bus, ct: TestStore.Ct))[^1].RecordedAt;
        session.Events.Append<Inquiry>(Bus, 2, new InquiryAnswered("Two."));
        await session.SaveChangesAsync(TestStore.Ct);

        Assert.Equal(2, await AnswersAsync(session));
        Assert.Equal(0, await AnswersAsync(session, version: 1));
        Assert.Equal(1, await AnswersAsync(session, at: then));
        Assert.Null(await session.Events.AggregateStreamAsync<Inquiry>(Bus, null, then.AddDays(-1), TestStore.Ct));
    }

    [Fact]
    public async Task An_archived_stream_can_be_read_and_not_continued()
    {
        await using var test = await TestStore.CreateAsync();
        await test.OpenAsync(Bus);
        await using var session = test.Session();
        session.Events.ArchiveStream(Bus);
        session.Events.Append<Inquiry>(Bus, 1, new InquiryAnswered("Last."));
        await session.SaveChangesAsync(TestStore.Ct);

        var state = await session.Events.FetchStreamStateAsync(Bus, TestStore.Ct);
        Assert.Equal(("inquiry", 3), (state!.Kind, state.Version));
        Assert.NotNull(state.ArchivedAt);
        foreach (var expected in new[] { ExpectedVersion.Any, 3 })
        {
            await using var late = test.Session();
            late.Events.Append<Inquiry>(Bus, expected, new InquiryAnswered("More."));
            await Assert.ThrowsAsync<StreamArchivedException>(() => late.SaveChangesAsync(TestStore.Ct));
        }

        var events = await session.Events.FetchStreamAsync(Bus, ct: TestStore.Ct);
        Assert.Equal([typeof(InquiryOpened), typeof(InquiryAnswered), typeof(StreamArchived)],
            events.Select(e => e.Data.GetType()));
        Assert.Equal(1, (await session.Events.AggregateStreamAsync<Inquiry>(Bus, ct: TestStore.Ct))!.Answers);
    }

    [Fact]
    public async Task Archiving_alone_needs_a_stream_and_says_so_in_it()
    {
        await using var test = await TestStore.CreateAsync();
        await test.OpenAsync(Bus);
        await using var session = test.Session();
        session.Events.ArchiveStream(Bus);
        Assert.Equal(2, (await session.SaveChangesAsync(TestStore.Ct)).Streams[Bus]);
        Assert.Equal(1, await test.CountAsync("es.streams where archived_at is not null and version = 2"));
        var feed = await test.Store.Feed.ReadSettledAsync(TestStore.Lincoln, 0, 10, null, TestStore.Ct);
        Assert.IsType<StreamArchived>(feed.Events[^1].Data);

        session.Events.ArchiveStream(Guid.CreateVersion7());
        var refused = await Assert.ThrowsAsync<Npgsql.PostgresException>(() => session.SaveChangesAsync(TestStore.Ct));
        Assert.Equal("ES404", refused.SqlState);
    }

    [Fact]
    public async Task A_district_sees_nothing_of_another()
    {
        await using var test = await TestStore.CreateAsync();
        await test.OpenAsync(Bus);
        await using var other = test.Session(TestStore.Franklin);

        Assert.Empty(await other.Events.FetchStreamAsync(Bus, ct: TestStore.Ct));
        Assert.Null(await other.Events.FetchStreamStateAsync(Bus, TestStore.Ct));
        Assert.Equal(0, (await other.Events.FetchForWriting<Inquiry>(Bus, TestStore.Ct)).CurrentVersion);
        Assert.Empty((await test.Store.Feed.ReadSettledAsync(TestStore.Franklin, 0, 10, null, TestStore.Ct)).Events);
        Assert.Throws<ArgumentException>(() => test.Store.LightweightSession(default));

        other.Events.StartStream<Inquiry>(Guid.CreateVersion7(), new InquiryOpened("Franklin's own"));
        await other.SaveChangesAsync(TestStore.Ct);
        Assert.Equal("1\n2", await test.RowsAsync("select tenant_id from inquiries.queue order by 1"));
    }

    [Fact]
    public async Task Events_cannot_be_changed_or_deleted()
    {
        await using var test = await TestStore.CreateAsync();
        await test.OpenAsync(Bus);
        foreach (var sql in new[] { "update es.events set actor = 'x'", "delete from es.events", "truncate es.events" })
        {
            var refused = await Assert.ThrowsAsync<Npgsql.PostgresException>(() => test.ExecuteAsync(sql));
            Assert.Equal("ES403", refused.SqlState);
        }
    }

    [Fact]
    public async Task A_log_without_events_may_begin_anew()
    {
        await using var test = await TestStore.CreateAsync();
        await test.ExecuteAsync("truncate es.events");
        await test.OpenAsync(Bus);
        await Assert.ThrowsAsync<Npgsql.PostgresException>(() => test.ExecuteAsync("truncate es.events"));
    }

    private static async Task<int> AnswersAsync(
        IDocumentSession session, int? version = null, DateTimeOffset? at = null) =>
        (await session.Events.AggregateStreamAsync<Inquiry>(Bus, version, at, TestStore.Ct))!.Answers;
}
