namespace K12Hub.EventStore.Tests.Projections;

public sealed class Questions_about_the_past_are_answered
{
    private static readonly Guid Bus = new("00000000-0000-0000-0000-0000000000b1");
    private static readonly Guid Lunch = new("00000000-0000-0000-0000-0000000000b2");

    [Fact]
    public async Task Rows_at_every_position_are_those_of_the_events_up_to_it()
    {
        await using var test = await Projecting.CreateAsync();
        await test.WriteAsync(Bus, "late bus");
        await test.OpenAsync(Lunch, "Lunch money", new InquiryAnswered("One."));
        await test.WriteAsync(Bus, "late");
        await using (var session = test.Session())
        {
            session.Events.Append<Inquiry>(Lunch, ExpectedVersion.Any, new InquiryClosed(ClosingReason.Resolved));
            await session.SaveChangesAsync(TestStore.Ct);
        }

        await test.WriteAsync(Bus, "forget late");
        Assert.Equal(
            ["", "bus 1 late 1", "bus 1 late 1", "bus 1 late 1", "bus 1 late 2", "bus 1 late 2", "bus 1"],
            await EachAsync<WordRow>(test, 6, row => $"{row.Word} {row.Times}"));
        Assert.Equal(
            ["", "", "Lunch money 0", "Lunch money 1", "Lunch money 1", "", ""],
            await EachAsync<InquiryRow>(test, 6, row => $"{row.Subject} {row.Answers}"));
        Assert.Equal(
            ["", "late bus", "late bus", "late bus", "late", "late", "forget late"],
            await EachAsync<LatestRow>(test, 6, row => row.Text));
    }

    [Fact]
    public async Task A_stream_at_every_version_and_moment_is_the_fold_of_its_beginning()
    {
        await using var test = await Projecting.CreateAsync();
        await test.OpenAsync(Bus, "Bus", new InquiryAnswered("One."), new InquiryAssigned(Lunch));
        await using var session = test.Session();
        var events = await session.Events.FetchStreamAsync(Bus, ct: TestStore.Ct);
        for (var version = 1; version <= 3; version++)
        {
            var then = await session.Events.AggregateStreamAsync<Inquiry>(Bus, version, ct: TestStore.Ct);
            var moment = await session.Events.AggregateStreamAsync<Inquiry>(
                Bus, timestamp: events[version - 1].RecordedAt, ct: TestStore.Ct);
            var folded = events.Take(version).Select(e => e.Data).ToList();
            var expected = (folded.OfType<InquiryAnswered>().Count(), folded.OfType<InquiryAssigned>().Any());
            Assert.Equal(expected, (then!.Answers, then.Assignee is not null));
            Assert.Equal(
                events.TakeWhile(e => e.RecordedAt <= events[version - 1].RecordedAt)
                    .Count(e => e.Data is InquiryAnswered),
                moment!.Answers);
        }

        Assert.Null(await session.Events.AggregateStreamAsync<Inquiry>(
            Bus, timestamp: events[0].RecordedAt.AddSeconds(-1), ct: TestStore.Ct));
    }

    [Fact]
    public async Task What_may_still_change_and_what_is_too_much_is_refused()
    {
        await using var test = await Projecting.CreateAsync();
        await test.WriteAsync(Bus, "late");
        await using var late = await test.Store.OwnerDataSource.OpenConnectionAsync(TestStore.Ct);
        await using (var transaction = await late.BeginTransactionAsync(TestStore.Ct))
        {
            await LateWriters.AppendAsync(late, Lunch, 1, TestStore.Ct);
            var after = await test.WriteAsync(Bus, "late");
            await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => test.Store.RowsAsOfAsync<WordRow>(
                TestStore.Lincoln, after.LastPosition, TestStore.Ct));
            await LateWriters.AppendAsync(late, Lunch, 10_000, TestStore.Ct);
            await transaction.CommitAsync(TestStore.Ct);
        }

        var all = await test.Store.Feed.SettledAsync(TestStore.Lincoln, TestStore.Ct);
        var refused = await Assert.ThrowsAsync<ProjectionException>(
            () => test.Store.RowsAsOfAsync<WordRow>(TestStore.Lincoln, all, TestStore.Ct));
        Assert.Contains("More than 10000 events", refused.Message, StringComparison.Ordinal);
        Assert.Equal(
            10_000, (await test.Store.RowsAsOfAsync<WordRow>(TestStore.Lincoln, 10_000, TestStore.Ct)).Single().Times);
        await Assert.ThrowsAsync<ProjectionException>(
            () => test.Store.RowsAsOfAsync<WordRow>(TestStore.Lincoln, 10_001, TestStore.Ct));
    }

    private static async Task<List<string>> EachAsync<TRow>(TestStore test, int last, Func<TRow, string> text)
        where TRow : class
    {
        var found = new List<string>();
        for (var position = 0; position <= last; position++)
        {
            var rows = await test.Store.RowsAsOfAsync<TRow>(TestStore.Lincoln, position, TestStore.Ct);
            found.Add(string.Join(' ', rows.Select(text).Order(StringComparer.Ordinal)));
        }

        return found;
    }
}
