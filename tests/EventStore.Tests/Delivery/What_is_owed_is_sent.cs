namespace K12Hub.EventStore.Tests.Delivery;

public sealed class What_is_owed_is_sent
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task A_commit_wakes_the_dispatcher_and_the_message_is_sent_and_marked()
    {
        await using var box = await Postbox.CreateAsync();
        var sender = new RecordingSender();
        _ = box.Start(sender);
        await Postbox.UntilAsync(async () => await box.RowsAsync(Listening) == "1");

        await box.PublishAsync("a", cause: new EventMetadata("person:7"));
        await Postbox.UntilAsync(async () => await box.CountAsync("done_at is not null") == 1);

        var sent = Assert.Single(sender.Sent);
        Assert.Equal(("mail.send", """{"to": "ana"}""", 1), (sent.Kind, sent.Payload, sent.Attempt));
        Assert.Equal(($"outbox-{sent.Id}", "person:7"), (sent.MessageId, sent.Cause.Actor));
        Assert.Equal(TestStore.Lincoln, sent.Tenant);
    }

    [Fact]
    public async Task A_lost_signal_costs_no_more_than_the_time_between_two_looks()
    {
        await using var box = await Postbox.CreateAsync();
        box.Store.Options.SignalAppends = false;
        await box.PublishAsync("a");
        var sender = new RecordingSender();
        _ = box.Start(sender, Postbox.Options with { Poll = Second });
        await Postbox.UntilAsync(() => Task.FromResult(sender.Sent.Count == 1));

        await box.PublishAsync("b");
        await box.Time.AdvanceUntilAsync(Second, () => Task.FromResult(sender.Sent.Count == 2), TestStore.Ct);
    }

    [Fact]
    public async Task Nothing_is_sent_before_it_is_due()
    {
        await using var box = await Postbox.CreateAsync();
        var due = box.Time.GetUtcNow() + TimeSpan.FromHours(1);
        await box.PublishAsync("later", due);
        await box.PublishAsync("now");

        var taken = await ClaimAsync(box);
        box.Time.Advance(TimeSpan.FromHours(1));
        var takenLater = await ClaimAsync(box);

        Assert.Equal(box.Time.GetUtcNow() - TimeSpan.FromHours(1), Assert.Single(taken).DueAt);
        Assert.Equal(due, Assert.Single(takenLater).DueAt);
    }

    [Fact]
    public async Task Three_dispatchers_send_each_of_300_messages_once_and_no_more_than_their_share_at_a_time()
    {
        await using var box = await Postbox.CreateAsync();
        await box.ExecuteAsync(
            """
            insert into es.outbox (tenant_id, kind, dedupe_key, payload, due_at)
            select 1, 'mail.send', i::text, '{}', '2027-03-01' from generate_series(1, 300) i
            """);
        var (now, most) = (0, 0);
        var sender = new RecordingSender(async (_, _) =>
        {
            var atOnce = Interlocked.Increment(ref now);
            InterlockedMax(ref most, atOnce);
            await Task.Yield();
            Interlocked.Decrement(ref now);
            return OutboxResult.Done;
        });

        for (var i = 0; i < 3; i++)
        {
            _ = box.Start(sender, Postbox.Options with { Concurrency = 3, Node = $"{i}" });
        }

        await Postbox.UntilAsync(async () => await box.CountAsync("done_at is not null") == 300);
        Assert.Equal(300, sender.Sent.Select(sent => sent.Id).Distinct().Count());
        Assert.Equal(300, sender.Sent.Count);
        Assert.InRange(most, 1, 9);
        Assert.Empty(sender.Incidents);
    }

    [Fact]
    public async Task A_message_published_twice_under_one_key_is_sent_once()
    {
        await using var box = await Postbox.CreateAsync();
        await box.PublishAsync("a");
        await box.PublishAsync("a");

        Assert.Single(await ClaimAsync(box));
    }

    [Fact]
    public async Task What_was_done_is_pruned_after_its_retention_and_nothing_else()
    {
        await using var box = await Postbox.CreateAsync();
        await box.ExecuteAsync(
            """
            insert into es.outbox (tenant_id, kind, dedupe_key, payload, done_at, dead_at)
            select 1, 'mail.send', i::text, '{}',
                   case when i <= 2500 then now() - interval '31 days' when i = 2501 then now() end,
                   case when i = 2502 then now() - interval '90 days' end
              from generate_series(1, 2503) i
            """);

        var pruned = await box.Store.OutboxMessages.PruneAsync(TimeSpan.FromDays(30), TestStore.Ct);

        Assert.Equal(2_500, pruned);
        Assert.Equal("2501\n2502\n2503", await box.RowsAsync("select dedupe_key from es.outbox order by id"));
    }

    private const string Listening =
        """
        select count(*) from pg_stat_activity where datname = current_database() and query = 'listen k12hub_outbox'
        """;

    private static Task<List<OutboxDelivery>> ClaimAsync(Postbox box) =>
        box.Store.OutboxMessages.ClaimAsync(10, Postbox.Options, TestStore.Ct);

    private static void InterlockedMax(ref int most, int value)
    {
        for (var seen = most; value > seen;)
        {
            seen = Interlocked.CompareExchange(ref most, value, seen) is var found && found == seen ? value : found;
        }
    }
}
