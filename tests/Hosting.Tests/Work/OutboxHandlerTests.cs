using System.Collections.Concurrent;
using K12Hub.EventStore;
using K12Hub.Hosting.Tests.Clubs;
using K12Hub.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace K12Hub.Hosting.Tests.Work;

/// <summary>Modules say who sends what; the hub brings each message to its handler.</summary>
public sealed class OutboxHandlerTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_message_reaches_its_handler_as_a_viewer_of_its_district_with_the_permissions_given()
    {
        var letters = new Letters();
        await using var hub = await ClubHub.StartAsync(more: hub =>
        {
            hub.Services.AddSingleton(letters);
            hub.Outbox<Letter, Letterbox>("mail.send", may: ClubsModule.Read);
        });
        hub.Begin();

        await hub.Services.GetRequiredService<BackgroundJob>().Enqueue(ClubHub.District, new Letter("ana"), ct: Ct);
        await ClubHub.UntilAsync(() => Task.FromResult(letters.Sent.Count == 1));

        Assert.Equal("ana 1 True False", Assert.Single(letters.Sent));
    }

    [Fact]
    public async Task A_message_is_stored_with_the_events_it_follows_from()
    {
        await using var hub = await ClubHub.StartAsync(more: WithLetters(new Letters()));
        await using var session = hub.Store.LightweightSession(ClubHub.District, new EventMetadata("person:7"));
        session.Events.StartStream<Club>(Guid.CreateVersion7(), new ClubEvent.Opened("Chess", 8, null));
        session.Outbox.Publish(
            hub.Services.GetRequiredService<OutboxKinds>().Of<Letter>(), "opened", new Letter("ana"));
        await session.SaveChangesAsync(Ct);

        Assert.Equal(
            "mail.send person:7", await hub.TextAsync("select kind || ' ' || (headers ->> 'actor') from es.outbox"));
    }

    [Fact]
    public async Task A_kind_nobody_knows_is_shown_and_waits()
    {
        await using var hub = await ClubHub.StartAsync();
        await using var session = hub.Store.LightweightSession(ClubHub.District);
        session.Outbox.Publish("fax.send", "a", new Letter("ana"));
        await session.SaveChangesAsync(Ct);
        hub.Begin();

        await ClubHub.UntilAsync(async () => await hub.TextAsync("select error from es.outbox") is not "");

        Assert.Equal(
            "outbox.unknown_kind, open",
            await hub.TextAsync(
                """
                select error || case when done_at is null and dead_at is null and due_at > now() then ', open' end
                  from es.outbox
                """));
    }

    [Fact]
    public async Task Messages_that_are_late_make_health_degraded()
    {
        var time = new ManualTime(new DateTimeOffset(2027, 3, 1, 12, 0, 0, TimeSpan.Zero));
        await using var hub = await ClubHub.StartAsync(time: time);
        await hub.TextAsync(
            """
            insert into es.outbox (tenant_id, kind, dedupe_key, payload, due_at, leased_until)
            values (1, 'mail.send', 'a', '{}', '2027-03-01 12:00Z', 'infinity')
            """);
        var work = hub.Services.GetRequiredService<BackgroundWork>();
        Assert.Null(work.Complaint);
        hub.Begin();

        await time.AdvanceUntilAsync(TimeSpan.FromSeconds(15), () => Task.FromResult(work.Complaint is not null), Ct);

        Assert.InRange(time.GetUtcNow().Minute, 15, 59);
        Assert.StartsWith("the oldest message is ", work.Complaint, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_kind_has_one_handler_and_a_message_one_kind()
    {
        await using var hub = await ClubHub.StartAsync(more: hub =>
        {
            WithLetters(new Letters())(hub);
            Assert.Throws<ArgumentException>(() => hub.Outbox<Parcel>("mail.send", Done));
            Assert.Throws<ArgumentException>(() => hub.Outbox<Letter>("mail.express", Done));
        });

        Assert.Throws<InvalidOperationException>(() =>
        {
            hub.Services.GetRequiredService<OutboxKinds>().Of<Parcel>();
        });
    }

    private static Action<HubBuilder> WithLetters(Letters letters) => hub =>
    {
        hub.Services.AddSingleton(letters);
        hub.Outbox<Letter, Letterbox>("mail.send");
    };

    private static Task<OutboxResult> Done<T>(T message, OutboxDelivery delivery, CancellationToken ct) =>
        Task.FromResult(OutboxResult.Done);

    private sealed record Letter(string To);

    private sealed record Parcel(string To);

    private sealed class Letters
    {
        public ConcurrentQueue<string> Sent { get; } = [];
    }

    private sealed class Letterbox(Letters letters, ViewerScope viewer) : IOutboxHandler<Letter>
    {
        public Task<OutboxResult> SendAsync(Letter message, OutboxDelivery delivery, CancellationToken ct)
        {
            letters.Sent.Enqueue(string.Join(
                ' ', message.To, viewer.District.Value, viewer.Viewer.May(ClubsModule.Read),
                viewer.Viewer.May(ClubsModule.Write)));
            return Task.FromResult(OutboxResult.Done);
        }
    }
}
