namespace K12Hub.EventStore.Tests;

public sealed class Rows_never_go_back
{
    private static readonly Guid Bus = new("00000000-0000-0000-0000-0000000000b1");
    private static readonly Guid MsReyes = new("00000000-0000-0000-0000-00000000005a");

    [Fact]
    public async Task A_row_follows_its_stream_and_goes_when_the_projection_says_so()
    {
        await using var test = await TestStore.CreateAsync();
        await test.OpenAsync(Bus);
        await using var session = test.Session();
        session.Events.Append<Inquiry>(Bus, ExpectedVersion.Any, new InquiryAssigned(MsReyes));
        await session.SaveChangesAsync(TestStore.Ct);
        Assert.Equal(
            $"1 Bus 12 was late {MsReyes} 2",
            await test.RowsAsync("select tenant_id, subject, assignee, stream_version from inquiries.queue_v1"));

        session.Events.Append<Inquiry>(Bus, 2, new InquiryClosed(ClosingReason.Resolved));
        await session.SaveChangesAsync(TestStore.Ct);
        Assert.Equal("", await test.RowsAsync("select * from inquiries.queue"));
    }

    [Fact]
    public async Task An_older_row_loses_against_a_newer_one()
    {
        await using var test = await TestStore.CreateAsync();
        await test.OpenAsync(Bus);
        await test.ExecuteAsync("update inquiries.queue_v1 set stream_version = 9, subject = 'newer'");
        await using var session = test.Session();
        session.Events.Append<Inquiry>(Bus, 1, new InquiryAnswered("Sorry."));
        await session.SaveChangesAsync(TestStore.Ct);
        Assert.Equal(
            "newer 0 9",
            await test.RowsAsync("select subject, answers, stream_version from inquiries.queue_v1"));

        session.Events.Append<Inquiry>(Bus, 2, new InquiryClosed(ClosingReason.Withdrawn));
        await session.SaveChangesAsync(TestStore.Ct);
        Assert.Equal("newer", await test.RowsAsync("select subject from inquiries.queue"));
    }

    [Fact]
    public async Task An_append_without_loading_still_writes_the_right_row()
    {
        await using var test = await TestStore.CreateAsync();
        await test.OpenAsync(Bus, "Lunch money", new InquiryAnswered("One."), new InquiryAnswered("Two."));
        await using var session = test.Session();
        session.Events.Append<Inquiry>(Bus, ExpectedVersion.Any, new InquiryAnswered("Three."));
        await session.SaveChangesAsync(TestStore.Ct);
        Assert.Equal("Lunch money 3", await test.RowsAsync("select subject, answers from inquiries.queue"));
    }

    [Fact]
    public void A_projection_must_fit_its_table()
    {
        var noTable = Assert.Throws<InvalidOperationException>(() => For(_ => { }));
        Assert.Contains("has no table", noTable.Message, StringComparison.Ordinal);
        var noVersion = Assert.Throws<InvalidOperationException>(
            () => For(o => o.Tables.Add<InquiryRow>("inquiries.queue", 1, t => t.Key(r => r.Id))));
        Assert.Contains("FollowsStream()", noVersion.Message, StringComparison.Ordinal);
    }

    private static DocumentStore For(Action<StoreOptions> more) => DocumentStore.For(options =>
    {
        options.ConnectionString = "Host=nowhere";
        options.Aggregates.Add<Inquiry>("inquiry");
        options.Projections.Add<InquiryQueue>(ProjectionLifecycle.Inline);
        more(options);
    });
}
