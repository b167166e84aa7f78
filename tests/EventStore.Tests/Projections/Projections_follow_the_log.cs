using System.Data;
using Npgsql;

namespace K12Hub.EventStore.Tests.Projections;

public sealed class Projections_follow_the_log
{
    private static readonly Guid Bus = new("00000000-0000-0000-0000-0000000000b1");
    private static readonly Guid Lunch = new("00000000-0000-0000-0000-0000000000b2");

    [Fact]
    public async Task Rows_of_many_streams_are_counted_once()
    {
        await using var test = await Projecting.CreateAsync();
        await test.WriteAsync(Bus, "late late bus");
        await test.WriteAsync(Lunch, "late lunch");
        test.Store.Daemon.StartAll();
        await test.ProjectedAsync();
        var last = await test.WriteAsync(Bus, "bus gone");
        await test.ProjectedAsync();

        Assert.Equal(
            $"bus 2 {last.LastPosition} bus! \"bus\\\ngone 1 {last.LastPosition} gone! \"gone\\\n"
            + "late 2 2 late! \"late\\\nlunch 1 2 lunch! \"lunch\\",
            await test.RowsAsync(
                "select word, times, last_position, array_to_string(longer, ' ') from notes.words order by word"));
        await test.WriteAsync(Lunch, "forget late");
        await test.ProjectedAsync();
        Assert.Equal("bus\ngone\nlunch", await test.RowsAsync("select word from notes.words order by word"));
    }

    [Fact]
    public async Task Events_store_and_delete_rows_in_several_tables()
    {
        await using var test = await Projecting.CreateAsync();
        await test.WriteAsync(Bus, "one");
        await test.WriteAsync(Bus, "two");
        await test.WriteAsync(Lunch, "soup");
        await test.WriteAsync(Bus, "delete");
        test.Store.Daemon.StartAll();
        await test.ProjectedAsync();

        Assert.Equal(
            $"{Bus} 1 1\n{Bus} 3 4\n{Lunch} 1 3",
            await test.RowsAsync("select stream, version, position from notes.seen order by 1, 2"));
        Assert.Equal($"{Lunch} soup", await test.RowsAsync("select stream, text from notes.latest"));
    }

    [Fact]
    public async Task A_row_of_one_stream_follows_it_in_the_background_too()
    {
        await using var test = await Projecting.CreateAsync();
        await test.OpenAsync(Bus, "Bus 12 was late", new InquiryAnswered("Sorry."));
        await test.OpenAsync(Lunch, "Lunch money", new InquiryClosed(ClosingReason.Resolved));
        test.Store.Daemon.StartAll();
        await test.ProjectedAsync();

        Assert.Equal(
            $"{Bus} Bus 12 was late 1 2",
            await test.RowsAsync("select id, subject, answers, stream_version from inquiries.later_v1"));
        await using var session = test.Session();
        session.Events.Append<Inquiry>(Bus, ExpectedVersion.Any, new InquiryClosed(ClosingReason.Resolved));
        await session.SaveChangesAsync(TestStore.Ct);
        await test.ProjectedAsync();
        Assert.Equal("", await test.RowsAsync("select * from inquiries.later"));
    }

    [Fact]
    public async Task Districts_are_projected_apart()
    {
        await using var test = await Projecting.CreateAsync();
        await test.WriteAsync(Bus, "late");
        await test.WriteAsync(Bus, "late", TestStore.Franklin);
        test.Store.Daemon.StartAll();
        await test.ProjectedAsync();
        await test.ProjectedAsync(TestStore.Franklin);

        Assert.Equal("1 1\n2 1", await test.RowsAsync("select tenant_id, times from notes.words order by 1"));
    }

    [Fact]
    public async Task A_page_ends_before_a_position_in_flight()
    {
        await using var test = await Projecting.CreateAsync();
        await test.WriteAsync(Bus, "one");
        await using var late = await test.Store.OwnerDataSource.OpenConnectionAsync(TestStore.Ct);
        await using var transaction = await late.BeginTransactionAsync(TestStore.Ct);
        await LateWriters.AppendAsync(late, Lunch, 1, TestStore.Ct);
        var after = await test.WriteAsync(Bus, "three");
        test.Store.Daemon.StartAll();
        await test.Store.WaitForNonStaleDataAsync(TestStore.Lincoln, 1, TimeSpan.FromSeconds(60), TestStore.Ct);
        await Assert.ThrowsAsync<TimeoutException>(() => test.Store.WaitForNonStaleDataAsync(
            TestStore.Lincoln, after.LastPosition, TimeSpan.FromMilliseconds(200), TestStore.Ct));
        Assert.Equal("one", await test.RowsAsync("select word from notes.words"));

        await transaction.CommitAsync(TestStore.Ct);
        await test.ProjectedAsync();
        Assert.Equal("late\none\nthree", await test.RowsAsync("select word from notes.words order by word"));
    }

    [Fact]
    public async Task Whoever_holds_the_checkpoint_works_and_nobody_else()
    {
        await using var test = await Projecting.CreateAsync();
        await test.WriteAsync(Bus, "late");
        test.Store.Daemon.StartAll();
        await test.ProjectedAsync();

        // A node that hangs in the middle of a page: its transaction stays open.
        await using var hanging = await test.Store.OwnerDataSource.OpenConnectionAsync(TestStore.Ct);
        await using var page = await hanging.BeginTransactionAsync(IsolationLevel.ReadCommitted, TestStore.Ct);
        await using (var hold = new NpgsqlCommand(
            "select from es.projections where name = 'notes.words@1' for update", hanging))
        {
            await hold.ExecuteNonQueryAsync(TestStore.Ct);
        }

        var second = await test.WriteAsync(Bus, "late");
        await test.ReachedAsync("notes.seen@2", second.LastPosition);
        await test.ReachedAsync("inquiries.later@1", second.LastPosition);
        var behind = await Assert.ThrowsAsync<TimeoutException>(() => test.Store.WaitForNonStaleDataAsync(
            TestStore.Lincoln, second.LastPosition, TimeSpan.FromSeconds(1), TestStore.Ct));
        Assert.StartsWith("notes.words@1 ", behind.Message, StringComparison.Ordinal);
        Assert.Equal("1", await test.RowsAsync("select times from notes.words"));
        Assert.Equal("2", await test.RowsAsync("select count(*) from notes.seen"));

        // It is given up; the others go on, and nothing was counted twice.
        await page.RollbackAsync(TestStore.Ct);
        await test.ProjectedAsync();
        Assert.Equal("2", await test.RowsAsync("select times from notes.words"));
    }

    [Fact]
    public async Task A_stopped_daemon_leaves_the_rest_for_later()
    {
        await using var test = await Projecting.CreateAsync();
        test.Store.Daemon.StartAll();
        Assert.True(test.Store.Daemon.IsRunning);
        await test.Store.Daemon.StopAllAsync();
        Assert.False(test.Store.Daemon.IsRunning);
        await test.WriteAsync(Bus, "late");
        await Assert.ThrowsAsync<TimeoutException>(() => test.Store.WaitForNonStaleDataAsync(
            TestStore.Lincoln, null, TimeSpan.FromMilliseconds(100), TestStore.Ct));
        test.Store.Daemon.StartAll();
        await test.ProjectedAsync();
        Assert.Equal(1, await test.CountAsync("notes.words"));
    }

    [Fact]
    public void What_does_not_fit_together_is_refused_with_the_reason()
    {
        Assert.Contains("only be Async", Assert.Throws<ArgumentException>(
            () => new StoreOptions().Projections.Add<Words>(ProjectionLifecycle.Inline)).Message);
        Assert.Contains("has no table", Refused(options => options.Projections.Add<Words>(ProjectionLifecycle.Async)));
        Assert.Contains("FollowsStream()", Refused(options =>
        {
            options.Tables.Add<WordRow>("notes.words", 1, t => t.Key(row => row.Word).FollowsStream());
            options.Projections.Add<Words>(ProjectionLifecycle.Async);
        }));
        Assert.Contains("added twice", Assert.Throws<ArgumentException>(() => TwiceTheSame(new())).Message);
    }

    private static void TwiceTheSame(StoreOptions options)
    {
        options.Projections.Add<Words>(ProjectionLifecycle.Async);
        options.Projections.Add<Words>(ProjectionLifecycle.Async);
    }

    private static string Refused(Action<StoreOptions> more) =>
        Assert.Throws<InvalidOperationException>(() => DocumentStore.For(options =>
        {
            TestStore.Configure(options, "Host=nowhere");
            more(options);
        })).Message;
}
