using K12Hub.Testing;
using Npgsql;

namespace K12Hub.EventStore.Tests;

public sealed class What_was_found_later_is_masked
{
    private static readonly Guid Bus = new("00000000-0000-0000-0000-0000000000b1");
    private static readonly Guid Lunch = new("00000000-0000-0000-0000-0000000000b2");

    private static CancellationToken Ct => TestStore.Ct;

    [Fact]
    public async Task Events_and_rows_say_something_else_and_the_stream_says_so()
    {
        await using var test = await TestStore.CreateAsync();
        await test.OpenAsync(
            Bus, "Ana Ortiz, 555-0101", new InquiryAnswered("Dear Ana Ortiz"), new InquiryAnswered("Yes"));
        await test.OpenAsync(Lunch, "Lunch money");
        var others = await test.RowsAsync($"select e::text from es.events e where stream_id = '{Lunch}'");

        Assert.Equal(2, await test.Store.Erasure.ApplyEventDataMaskingAsync(
            TestStore.Lincoln, m => All(m), "request 18", "person:7", Ct));

        Assert.DoesNotContain(
            "Ortiz", await PgDump.TextAsync(test.ConnectionString, TestStore.Ct), StringComparison.Ordinal);
        Assert.Equal(
            "[masked] 2", await test.RowsAsync($"select subject, answers from inquiries.queue where id = '{Bus}'"));
        Assert.Equal(others, await test.RowsAsync($"select e::text from es.events e where stream_id = '{Lunch}'"));
        await using var session = test.Session();
        var said = (await session.Events.FetchStreamAsync(Bus, ct: Ct))[^1];
        var masked = Assert.IsType<EventsMasked>(said.Data);
        Assert.Equal((2, "request 18", "person:7"), (masked.Events, masked.Reason, said.Metadata.Actor));
        Assert.Equal(["inquiry.answered", "inquiry.opened"], masked.Types);
        Assert.Equal(4, (await session.Events.FetchForWriting<Inquiry>(Bus, Ct)).CurrentVersion);
        Assert.Equal("1 person:7 request 18\n2 person:7 request 18", await test.RowsAsync(
            "select position, actor, reason from es.maskings order by 1"));
        Assert.Equal(0, await test.Store.Erasure.ApplyEventDataMaskingAsync(
            TestStore.Lincoln, m => All(m), "again", null, Ct));
    }

    [Fact]
    public async Task Only_the_streams_and_events_that_were_named_change()
    {
        await using var test = await TestStore.CreateAsync();
        await test.OpenAsync(Bus, "Ana Ortiz");
        await test.OpenAsync(Lunch, "Ana Ortiz");
        await test.Store.Erasure.ApplyEventDataMaskingAsync(
            TestStore.Lincoln, m => All(m).IncludeStream(Lunch).IncludeEvents(e => e.Version == 1), "r", null, Ct);
        Assert.Equal("Ana Ortiz\n[masked]", await test.RowsAsync("select subject from inquiries.queue order by id"));
        await test.Store.Erasure.ApplyEventDataMaskingAsync(
            TestStore.Franklin, m => All(m).IncludeStream(Bus), "r", null, Ct);
        Assert.Equal("Ana Ortiz\n[masked]", await test.RowsAsync("select subject from inquiries.queue order by id"));
    }

    [Fact]
    public async Task An_archived_stream_is_masked_and_stays_archived()
    {
        await using var test = await TestStore.CreateAsync();
        await test.OpenAsync(Bus, "Ana Ortiz");
        await using var session = test.Session();
        session.Events.ArchiveStream(Bus);
        await session.SaveChangesAsync(Ct);
        Assert.Equal(1, await test.Store.Erasure.ApplyEventDataMaskingAsync(
            TestStore.Lincoln, m => All(m), "r", null, Ct));
        Assert.NotNull((await session.Events.FetchStreamStateAsync(Bus, Ct))!.ArchivedAt);
    }

    [Fact]
    public async Task Who_had_loaded_the_stream_before_loses()
    {
        await using var test = await TestStore.CreateAsync();
        await test.OpenAsync(Bus, "Ana Ortiz");
        await using var session = test.Session();
        var stream = await session.Events.FetchForWriting<Inquiry>(Bus, Ct);
        await test.Store.Erasure.ApplyEventDataMaskingAsync(TestStore.Lincoln, m => All(m), "r", null, Ct);
        stream.AppendOne(new InquiryAnswered("Yes"));
        await Assert.ThrowsAsync<ConcurrencyException>(() => session.SaveChangesAsync(Ct));
        Assert.Equal("[masked]", await test.RowsAsync("select subject from inquiries.queue"));
    }

    [Fact]
    public async Task Sealed_values_stay_sealed_and_erased_ones_empty()
    {
        await using var test = await FamilyStore.CreateAsync();
        foreach (var (id, name) in new[] { (FamilyStore.Ortiz, "Ortiz"), (FamilyStore.Okafor, "Okafor") })
        {
            await test.RegisterAsync(id, name);
        }

        await test.EraseAsync(FamilyStore.Ortiz);
        Assert.Equal(2, await test.Store.Erasure.ApplyEventDataMaskingAsync(
            TestStore.Lincoln, m => m.AddRule<FamilyRegistered>(e => e with { School = "A school" }), "r", null, Ct));

        Assert.DoesNotContain(
            "Okafor", await test.LinesAsync("select data::text from es.events"), StringComparison.Ordinal);
        await using var session = test.Store.LightweightSession(TestStore.Lincoln);
        var registered = (FamilyRegistered)(await session.Events.FetchStreamAsync(FamilyStore.Okafor, ct: Ct))[0].Data;
        Assert.Equal(("Okafor", "A school"), (registered.Name, registered.School));
        Assert.Equal("[erased]", (await session.Events.AggregateStreamAsync<Family>(FamilyStore.Ortiz, ct: Ct))!.Name);
        await Assert.ThrowsAsync<SubjectErasedException>(() => test.Store.Erasure.ApplyEventDataMaskingAsync(
            TestStore.Lincoln, m => m.AddRule<FamilyRegistered>(e => e with { Name = "Ortiz" }), "r", null, Ct));
    }

    [Theory]
    [InlineData("k12.door", "mask:1:1", "update es.events set data = '{}' where position = 2")]
    [InlineData("k12.door", "mask:1:1", "update es.events set actor = 'x' where position = 1")]
    [InlineData("k12.door", "mask:1:1", "delete from es.events where position = 1")]
    [InlineData("k12.door", "destroy:2", "delete from es.events")]
    [InlineData("k12.door", "destroy:1", "update es.events set data = '{}'")]
    [InlineData("k12.door", "destroy:1", "truncate es.events")]
    public async Task Each_door_is_as_wide_as_what_goes_through(string setting, string value, string sql)
    {
        await using var test = await TestStore.CreateAsync();
        await test.OpenAsync(Bus, "Bus", new InquiryAnswered("Yes"));
        var refused = await Assert.ThrowsAsync<PostgresException>(
            () => test.ExecuteAsync($"set local {setting} = '{value}'; {sql}"));
        Assert.Equal("ES403", refused.SqlState);
    }

    private static EventDataMasking All(EventDataMasking masking) => masking
        .AddRule<InquiryOpened>(e => e.Subject.Contains("Ortiz", StringComparison.Ordinal)
            ? e with { Subject = "[masked]" } : e)
        .AddRule<InquiryAnswered>(e => e.Text.Contains("Ortiz", StringComparison.Ordinal)
            ? new("[masked]") : e);

}
