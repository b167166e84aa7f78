namespace K12Hub.EventStore.Tests;

public sealed class Appending_is_all_or_nothing
{
    private static readonly Guid Bus = new("00000000-0000-0000-0000-0000000000b1");
    private static readonly Guid Lunch = new("00000000-0000-0000-0000-0000000000b2");

    [Fact]
    public async Task A_unit_stores_events_rows_messages_and_command_together()
    {
        await using var test = await TestStore.CreateAsync();
        await using var session = test.Session();
        session.IdentifyCommand(Guid.CreateVersion7(), """{"ok":true}""");
        session.Events.StartStream<Inquiry>(Bus, new InquiryOpened("Bus 12 was late"), new InquiryAnswered("Sorry."));
        session.Events.StartStream<Inquiry>(Lunch, new InquiryOpened("Lunch money"));
        session.Outbox.Publish("mail.send", "bus-opened", new { To = "ana" });

        var saved = await session.SaveChangesAsync(TestStore.Ct);

        Assert.Equal(2, saved.Streams[Bus]);
        Assert.Equal(1, saved.Streams[Lunch]);
        Assert.Equal(3, saved.LastPosition);
        Assert.Equal(3, await test.CountAsync("es.events"));
        Assert.Equal(1, await test.CountAsync("es.outbox"));
        Assert.Equal(1, await test.CountAsync("es.commands"));
        Assert.Equal(
            "Bus 12 was late 1\nLunch money 0",
            await test.RowsAsync("select subject, answers from inquiries.queue order by id"));
    }

    [Fact]
    public async Task A_late_conflict_undoes_rows_messages_command_and_the_other_stream()
    {
        await using var test = await TestStore.CreateAsync();
        await test.OpenAsync(Lunch, "Lunch money");
        await using var session = test.Session();
        session.IdentifyCommand(Guid.CreateVersion7());
        session.Events.StartStream<Inquiry>(Bus, new InquiryOpened("Bus 12 was late"));
        session.Events.StartStream<Inquiry>(Lunch, new InquiryOpened("Again"));
        session.Outbox.Publish("mail.send", "bus-opened", new { To = "ana" });

        var conflict = await Assert.ThrowsAsync<ConcurrencyException>(() => session.SaveChangesAsync(TestStore.Ct));

        Assert.Equal(Lunch, conflict.StreamId);
        Assert.Equal(1, await test.CountAsync("es.events"));
        Assert.Equal(1, await test.CountAsync("es.streams"));
        Assert.Equal(0, await test.CountAsync("es.outbox"));
        Assert.Equal(0, await test.CountAsync("es.commands"));
        Assert.Equal("Lunch money", await test.RowsAsync("select subject from inquiries.queue"));
    }

    [Fact]
    public async Task A_unit_is_one_transaction()
    {
        await using var test = await TestStore.CreateAsync();
        await test.OpenAsync(Bus);
        var transactions = await test.ScalarAsync<long>("select count(distinct xmin::text) from es.events");
        Assert.Equal(1, transactions);
        Assert.Equal(
            await test.ScalarAsync<string>("select xmin::text from es.events"),
            await test.ScalarAsync<string>("select xmin::text from inquiries.queue_v1"));
    }

    [Fact]
    public async Task A_unit_is_one_round_trip_however_much_it_holds()
    {
        await using var test = await TestStore.CreateAsync();
        await using var counted = new CountedConnection(test.ConnectionString);
        await using var store = DocumentStore.For(options => TestStore.Configure(options, counted.ConnectionString));
        for (var i = 0; i < 5; i++)
        {
            await using var session = store.LightweightSession(TestStore.Lincoln);
            session.IdentifyCommand(Guid.CreateVersion7());
            session.Outbox.Publish("mail.send", $"{i}", new { To = "ana" });
            session.Events.StartStream<Inquiry>(
                Guid.CreateVersion7(), new InquiryOpened("Bus"), new InquiryAnswered("Sorry."));
            session.Events.StartStream<Inquiry>(Guid.CreateVersion7(), new InquiryOpened("Lunch"));
            var before = counted.RoundTrips;
            await session.SaveChangesAsync(TestStore.Ct);

            // The first save also opens the connection.
            Assert.True(i == 0 || counted.RoundTrips - before == 1, $"{counted.RoundTrips - before} round trips");
        }
    }

    [Fact]
    public async Task A_failed_unit_cannot_be_saved_again()
    {
        await using var test = await TestStore.CreateAsync();
        await test.OpenAsync(Bus);
        await using var session = test.Session();
        session.Events.StartStream<Inquiry>(Bus, new InquiryOpened("Again"));
        await Assert.ThrowsAsync<ConcurrencyException>(() => session.SaveChangesAsync(TestStore.Ct));
        await Assert.ThrowsAsync<InvalidOperationException>(() => session.SaveChangesAsync(TestStore.Ct));
    }

    [Fact]
    public async Task A_repeated_command_has_no_second_effect_and_answers_as_before()
    {
        await using var test = await TestStore.CreateAsync();
        var command = Guid.CreateVersion7();
        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => OpenOnceAsync(test, command)));

        Assert.Single(answers, a => !a.AlreadyDone);
        Assert.All(answers.Where(a => a.AlreadyDone), a => Assert.Equal("""{"id": 7}""", a.ResultJson));
        Assert.Equal(1, await test.CountAsync("es.events"));
    }

    [Fact]
    public async Task An_unmapped_event_is_refused_when_it_is_queued()
    {
        await using var test = await TestStore.CreateAsync();
        await using var session = test.Session();
        var refused = Assert.Throws<InvalidOperationException>(
            () => session.Events.StartStream<Inquiry>(Bus, "not an event"));
        Assert.Contains("MapEventType<String>", refused.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => session.Events.StartStream<Inquiry>(Bus));
    }

    private static async Task<SaveResult> OpenOnceAsync(TestStore test, Guid command)
    {
        await using var session = test.Session();
        session.IdentifyCommand(command, """{"id":7}""");
        session.Events.Append<Inquiry>(Bus, ExpectedVersion.New, new InquiryOpened("Bus 12 was late"));
        return await session.SaveChangesAsync(TestStore.Ct);
    }
}
