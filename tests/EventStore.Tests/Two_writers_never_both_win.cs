namespace K12Hub.EventStore.Tests;

public sealed class Two_writers_never_both_win
{
    private static readonly Guid Bus = new("00000000-0000-0000-0000-0000000000b1");
    private static readonly Guid Lunch = new("00000000-0000-0000-0000-0000000000b2");

    [Fact]
    public async Task Each_version_has_one_winner_when_all_expect_it()
    {
        await using var test = await TestStore.CreateAsync();
        await test.OpenAsync(Bus);
        for (var version = 1; version <= 10; version++)
        {
            var expected = version;
            var outcomes = await ManyAsync(12, async _ =>
            {
                await using var session = test.Session();
                session.Events.Append<Inquiry>(Bus, expected, new InquiryAnswered("Sorry."));
                await session.SaveChangesAsync(TestStore.Ct);
            });
            Assert.Equal(1, outcomes);
        }

        Assert.Equal(11, await test.CountAsync("es.events"));
        Assert.Equal("10", await test.RowsAsync("select answers from inquiries.queue"));
    }

    [Fact]
    public async Task One_of_many_starters_wins()
    {
        await using var test = await TestStore.CreateAsync();
        Assert.Equal(1, await ManyAsync(16, i => test.OpenAsync(Bus, $"Number {i}")));
        Assert.Equal(1, await test.CountAsync("es.events"));
    }

    [Fact]
    public async Task Writers_without_a_belief_all_win_and_leave_no_hole()
    {
        await using var test = await TestStore.CreateAsync();
        Assert.Equal(16, await ManyAsync(16, i => test.WriteAsync(Bus, $"{i}")));
        Assert.Equal("16 1 16", await test.RowsAsync("select count(*), min(version), max(version) from es.events"));
    }

    [Fact]
    public async Task A_fetched_stream_is_written_only_if_nobody_wrote_since()
    {
        await using var test = await TestStore.CreateAsync();
        await test.OpenAsync(Bus);
        await using var slow = test.Session();
        var inquiry = await slow.Events.FetchForWriting<Inquiry>(Bus, TestStore.Ct);
        Assert.Equal(1, inquiry.CurrentVersion);
        Assert.Equal("Bus 12 was late", inquiry.Aggregate!.Subject);

        await using var fast = test.Session();
        var same = await fast.Events.FetchForWriting<Inquiry>(Bus, TestStore.Ct);
        same.AppendOne(new InquiryAnswered("Sorry."));
        await fast.SaveChangesAsync(TestStore.Ct);
        Assert.Equal((2, 1), (same.CurrentVersion, same.Aggregate!.Answers));
        same.AppendOne(new InquiryAnswered("Really."));
        await fast.SaveChangesAsync(TestStore.Ct);

        inquiry.AppendOne(new InquiryClosed(ClosingReason.Resolved));
        var conflict = await Assert.ThrowsAsync<ConcurrencyException>(() => slow.SaveChangesAsync(TestStore.Ct));
        Assert.Equal(Bus, conflict.StreamId);
        Assert.Equal("stream 00000000-0000-0000-0000-0000000000b1 is at version 3, not 1", conflict.Message);
    }

    [Fact]
    public async Task Units_over_the_same_streams_in_opposite_order_do_not_lock_each_other_out()
    {
        await using var test = await TestStore.CreateAsync();
        var outcomes = await ManyAsync(40, i => AppendToBothAsync<Note>(test, i, new NoteWritten($"{i}")));
        Assert.Equal(40, outcomes);
        Assert.Equal("40\n40", await test.RowsAsync("select version from es.streams"));
    }

    [Fact]
    public async Task Units_with_rows_in_opposite_order_lose_at_most_and_leave_rows_that_agree()
    {
        await using var test = await TestStore.CreateAsync();
        await test.OpenAsync(Bus);
        await test.OpenAsync(Lunch);
        var outcomes = await ManyAsync(40, i => AppendToBothAsync<Inquiry>(test, i, new InquiryAnswered($"{i}")));
        Assert.InRange(outcomes, 1, 40);
        var answers = await test.RowsAsync("select distinct answers from inquiries.queue");
        Assert.Equal(outcomes.ToString(null, null), answers);
    }

    private static async Task AppendToBothAsync<T>(TestStore test, int i, object happened)
        where T : class
    {
        await using var session = test.Session();
        foreach (var id in i % 2 == 0 ? [Bus, Lunch] : new[] { Lunch, Bus })
        {
            session.Events.Append<T>(id, ExpectedVersion.Any, happened);
        }

        await session.SaveChangesAsync(TestStore.Ct);
    }

    /// <summary>Runs all at once and counts those that did not lose; only losing is allowed.</summary>
    private static async Task<int> ManyAsync(int count, Func<int, Task> act)
    {
        var outcomes = await Task.WhenAll(Enumerable.Range(0, count).Select(async i =>
        {
            try
            {
                await act(i);
                return 1;
            }
            catch (ConcurrencyException)
            {
                return 0;
            }
        }));
        return outcomes.Sum();
    }
}
