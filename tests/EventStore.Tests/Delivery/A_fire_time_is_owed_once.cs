namespace K12Hub.EventStore.Tests.Delivery;

public sealed class A_fire_time_is_owed_once
{
    private const string Nightly = "0 30 2 * * ?";
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    private static CancellationToken Ct => TestStore.Ct;

    [Fact]
    public async Task However_many_nodes_say_that_it_has_come()
    {
        await using var box = await Postbox.CreateAsync();
        await RegisterAsync(box);
        var job = Assert.Single(await box.Store.Jobs.AllAsync(Ct));
        var fire = box.Time.GetUtcNow() + Day;

        var said = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ =>
            box.Store.Jobs.FireAsync(job, fire, fire + Day, new { fire }, Ct)));

        Assert.Single(said, owed => owed);
        Assert.Equal(
            "job.nightly nightly@2027-03-02T12:00:00Z", await box.RowsAsync("select kind, dedupe_key from es.outbox"));
    }

    [Fact]
    public async Task A_fire_time_before_one_that_was_carried_out_is_past_also_when_the_message_is_pruned()
    {
        await using var box = await Postbox.CreateAsync();
        await RegisterAsync(box);
        var job = Assert.Single(await box.Store.Jobs.AllAsync(Ct));
        var fire = box.Time.GetUtcNow() + Day;
        Assert.True(await box.Store.Jobs.FireAsync(job, fire + Day, null, new { }, Ct));
        await box.ExecuteAsync("delete from es.outbox");

        Assert.False(await box.Store.Jobs.FireAsync(job, fire, null, new { }, Ct));
        Assert.False(await box.Store.Jobs.FireAsync(job, fire + Day, null, new { }, Ct));
        Assert.Equal(0, await box.CountAsync("true"));
    }

    [Fact]
    public async Task What_was_due_before_a_job_or_its_schedule_was_there_is_nobodys_business()
    {
        await using var box = await Postbox.CreateAsync();
        await RegisterAsync(box);
        box.Time.Advance(Day);
        await RegisterAsync(box);
        Assert.Equal(box.Time.GetUtcNow() - Day, Assert.Single(await box.Store.Jobs.AllAsync(Ct)).After);

        await RegisterAsync(box, "0 0 3 * * ?");

        var job = Assert.Single(await box.Store.Jobs.AllAsync(Ct));
        Assert.Equal(box.Time.GetUtcNow(), job.After);
        Assert.False(await box.Store.Jobs.FireAsync(job, box.Time.GetUtcNow(), null, new { }, Ct));
    }

    [Fact]
    public async Task A_removed_job_owes_nothing_more()
    {
        await using var box = await Postbox.CreateAsync();
        await RegisterAsync(box);
        var job = Assert.Single(await box.Store.Jobs.AllAsync(Ct));

        Assert.False(await box.Store.Jobs.RemoveAsync(TestStore.Franklin, "nightly", Ct));
        Assert.True(await box.Store.Jobs.RemoveAsync(TestStore.Lincoln, "nightly", Ct));

        Assert.False(await box.Store.Jobs.FireAsync(job, box.Time.GetUtcNow() + Day, null, new { }, Ct));
    }

    [Fact]
    public async Task What_came_of_the_last_run_stays_although_an_earlier_one_ends_later()
    {
        await using var box = await Postbox.CreateAsync();
        await RegisterAsync(box);
        var first = box.Time.GetUtcNow();
        box.Time.Advance(Day);

        await box.Store.Jobs.RanAsync(TestStore.Lincoln, "nightly", first + Day, "done", null, Ct);
        await box.Store.Jobs.RanAsync(TestStore.Lincoln, "nightly", first, "failed", "sis.down", Ct);

        Assert.Equal("done", await box.RowsAsync("select last_outcome from es.jobs"));
    }

    private static Task RegisterAsync(Postbox box, string cron = Nightly) => box.Store.Jobs.RegisterAsync(
        TestStore.Lincoln, "nightly", "nightly", cron, "America/Chicago", declared: true, Ct);
}
