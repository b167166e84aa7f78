namespace K12Hub.EventStore.Tests.Delivery;

public sealed class What_fails_is_tried_again_and_then_shown
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    [Fact]
    public void Pauses_double_up_to_an_hour_and_a_receiver_may_ask_for_more()
    {
        var options = new OutboxOptions { Jitter = () => 1 };

        Assert.Equal(
            [15, 30, 60, 120, 240, 480, 960, 1920, 3600, 3600],
            Enumerable.Range(1, 10).Select(tries => Backoff.After(tries, options, null).TotalSeconds));
        Assert.Equal(7.5, Backoff.After(1, options with { Jitter = () => 0 }, null).TotalSeconds);
        Assert.Equal(TimeSpan.FromHours(2), Backoff.After(1, options, TimeSpan.FromHours(2)));
        Assert.Equal(TimeSpan.FromHours(1), Backoff.After(500, options, null));
    }

    [Fact]
    public async Task After_eight_attempts_under_one_name_it_is_a_dead_letter()
    {
        await using var box = await Postbox.CreateAsync();
        await box.PublishAsync("a");
        var sender = new RecordingSender((_, _) => Task.FromResult(OutboxResult.Later("smtp.451")));
        _ = box.Start(sender, Postbox.Options with { Poll = Minute });

        // Told after it is stored.
        await box.Time.AdvanceUntilAsync(
            Minute,
            async () => await box.CountAsync("dead_at is not null") == 1
                && sender.Incidents.Any(incident => incident.What is OutboxEvent.Died),
            TestStore.Ct);

        Assert.Equal([1, 2, 3, 4, 5, 6, 7, 8], sender.Sent.Select(sent => sent.Attempt));
        Assert.Single(sender.Sent.Select(sent => sent.MessageId).Distinct());
        Assert.Single(sender.Sent.Select(sent => sent.CommandId).Distinct());
        Assert.Equal("smtp.451", await box.RowsAsync("select error from es.outbox"));
        Assert.Equal(OutboxEvent.Died, sender.Incidents.Last().What);
        var standing = Assert.Single(await box.Store.OutboxMessages.StandingAsync(TestStore.Ct));
        Assert.Equal((0L, 0L, 0L, 1L), (standing.Due, standing.Leased, standing.Waiting, standing.Dead));
    }

    [Fact]
    public async Task What_will_not_get_better_is_a_dead_letter_at_once()
    {
        await using var box = await Postbox.CreateAsync();
        await box.PublishAsync("a");
        _ = box.Start(new RecordingSender((_, _) => Task.FromResult(OutboxResult.Never("smtp.550"))));

        await Postbox.UntilAsync(async () => await box.CountAsync("dead_at is not null") == 1);

        Assert.Equal("1 smtp.550", await box.RowsAsync("select attempts, error from es.outbox"));
    }

    [Fact]
    public async Task Of_an_exception_only_the_type_is_kept()
    {
        await using var box = await Postbox.CreateAsync();
        await box.PublishAsync("a");
        _ = box.Start(new RecordingSender((_, _) => throw new InvalidOperationException("ana@example.org is unknown")));

        await Postbox.UntilAsync(async () => await box.CountAsync("error is not null") == 1);

        Assert.Equal("InvalidOperationException", await box.RowsAsync("select error from es.outbox"));
    }

    [Fact]
    public async Task Who_takes_too_long_is_ended_and_tried_again_whether_he_listens_or_not()
    {
        await using var box = await Postbox.CreateAsync();
        await box.PublishAsync("a");
        await box.PublishAsync("b");
        var never = new TaskCompletionSource<OutboxResult>();
        var sender = new RecordingSender(async (sent, ct) =>
        {
            if (sent.Id % 2 == 0) return await never.Task;
            await Task.Delay(Timeout.Infinite, ct);
            return OutboxResult.Done;
        });
        _ = box.Start(sender);
        await Postbox.UntilAsync(() => Task.FromResult(sender.Sent.Count == 2));

        await box.Time.AdvanceUntilAsync(
            Minute, async () => await box.CountAsync("error = 'outbox.timeout' and leased_until is null") == 2,
            TestStore.Ct);
    }

    [Fact]
    public async Task A_dead_letter_can_be_retried_as_often_as_a_new_message()
    {
        await using var box = await Postbox.CreateAsync();
        await box.PublishAsync("a");
        var well = false;
        var sender = new RecordingSender((_, _) =>
            Task.FromResult(well ? OutboxResult.Done : OutboxResult.Later("smtp.451")));
        _ = box.Start(sender, Postbox.Options with { Poll = Minute, MostTries = 2 });
        await box.Time.AdvanceUntilAsync(
            Minute, async () => await box.CountAsync("dead_at is not null") == 1, TestStore.Ct);
        var id = sender.Sent.First().Id;

        Assert.False(await box.Store.OutboxMessages.RetryAsync(TestStore.Franklin, id, "person:7", TestStore.Ct));
        Assert.True(await box.Store.OutboxMessages.RetryAsync(TestStore.Lincoln, id, "person:7", TestStore.Ct));
        await box.Time.AdvanceUntilAsync(
            Minute, async () => await box.CountAsync("dead_at is not null") == 1, TestStore.Ct);
        Assert.Equal([1, 2, 1, 2], sender.Sent.Select(sent => sent.Tries));
        Assert.Equal([1, 2, 3, 4], sender.Sent.Select(sent => sent.Attempt));

        well = true;
        await box.Store.OutboxMessages.RetryAsync(TestStore.Lincoln, id, "person:7", TestStore.Ct);
        await Postbox.UntilAsync(async () => await box.CountAsync("done_at is not null") == 1);
        Assert.Equal("person:7", await box.RowsAsync("select handled_by from es.outbox"));
    }

    [Fact]
    public async Task A_dead_letter_can_be_discarded_and_what_is_not_dead_cannot()
    {
        await using var box = await Postbox.CreateAsync();
        await box.PublishAsync("a");
        var id = Assert.Single(await box.Store.OutboxMessages.ClaimAsync(1, Postbox.Options, TestStore.Ct)).Id;
        Assert.False(await box.Store.OutboxMessages.DiscardAsync(TestStore.Lincoln, id, null, TestStore.Ct));
        await box.ExecuteAsync("update es.outbox set dead_at = now()");

        Assert.True(await box.Store.OutboxMessages.DiscardAsync(TestStore.Lincoln, id, "person:7", TestStore.Ct));
        Assert.False(await box.Store.OutboxMessages.RetryAsync(TestStore.Lincoln, id, null, TestStore.Ct));
        Assert.Equal(1, await box.CountAsync("discarded_at is not null and done_at is not null"));
        Assert.Empty(await box.Store.OutboxMessages.DeadAsync(TestStore.Lincoln, 10, TestStore.Ct));
    }

    [Fact]
    public async Task A_message_whose_last_attempt_was_never_heard_of_is_a_dead_letter()
    {
        await using var box = await Postbox.CreateAsync();
        await box.PublishAsync("a");
        await box.ExecuteAsync("update es.outbox set attempts = 8, leased_until = now() - interval '1 second'");
        var sender = new RecordingSender();
        _ = box.Start(sender);

        await Postbox.UntilAsync(async () => await box.CountAsync("dead_at is not null") == 1);

        Assert.Empty(sender.Sent);
        Assert.Equal("outbox.no_answer", await box.RowsAsync("select error from es.outbox"));
    }
}
