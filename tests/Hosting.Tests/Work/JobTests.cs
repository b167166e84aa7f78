using System.Collections.Concurrent;
using K12Hub.EventStore;
using K12Hub.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace K12Hub.Hosting.Tests.Work;

/// <summary>Jobs in Hangfire's words: when they run, that they run, and what is seen of it.</summary>
public sealed class JobTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly DateTimeOffset Noon = new(2027, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_recurring_job_runs_when_it_is_due_and_what_came_of_it_is_seen()
    {
        var time = new ManualTime(Noon);
        await using var hub = await StartAsync(time, out var runs);
        hub.Begin();

        await ClubHub.UntilAsync(async () => await hub.TextAsync("select id from es.jobs") is not "");
        time.Advance(TimeSpan.FromMinutes(65));
        await time.AdvanceUntilAsync(Second, () => Task.FromResult(runs.Done.Count == 1), Ct);
        time.Advance(TimeSpan.FromMinutes(60));
        await time.AdvanceUntilAsync(Second, () => Task.FromResult(runs.Done.Count == 2), Ct);
        await ClubHub.UntilAsync(async () => await Outcome(hub) is "done");

        Assert.Equal(["2027-03-01 13:05:00Z", "2027-03-01 14:05:00Z"], runs.Done.Select(run => $"{run.FireTime:u}"));
        Assert.All(runs.Done, run => Assert.Equal(ClubHub.District, run.District));
        var jobs = await hub.OperateAsync(
            "{ jobs { nodes { name runs cron timeZone declared lastFireAt nextFireAt lastOutcome lastError } } }");
        Assert.Equal(
            """
            {"name":"clubs.count","runs":"clubs.count","cron":"0 5 * * * ?","timeZone":"Etc/UTC","declared":true,
            "lastFireAt":"2027-03-01T14:05:00Z","nextFireAt":"2027-03-01T15:05:00Z","lastOutcome":"done",
            "lastError":null}
            """.ReplaceLineEndings(""),
            jobs.GetProperty("jobs").GetProperty("nodes")[0].GetRawText());
    }

    [Fact]
    public async Task A_run_that_fails_is_tried_again_and_seen()
    {
        var time = new ManualTime(Noon);
        await using var hub = await StartAsync(time, out var runs);
        runs.Answer = OutboxResult.Later("sis.down");
        hub.Begin();

        await ClubHub.UntilAsync(async () => await hub.TextAsync("select id from es.jobs") is not "");
        time.Advance(TimeSpan.FromMinutes(65));
        await time.AdvanceUntilAsync(
            Second, async () => await hub.TextAsync("select last_error from es.jobs") is "sis.down", Ct);
        runs.Answer = OutboxResult.Done;
        await time.AdvanceUntilAsync(Second, async () => await Outcome(hub) is "done", Ct);

        Assert.Single(runs.Done.Select(run => run.FireTime).Distinct());
        Assert.True(runs.Done.Count > 1);
        Assert.Equal("", await hub.TextAsync("select last_error from es.jobs"));
    }

    [Fact]
    public async Task Runs_missed_while_nobody_ran_are_made_up_for_once()
    {
        var time = new ManualTime(Noon);
        await using var hub = await StartAsync(time, out _);
        var clock = hub.Services.GetRequiredService<JobClock>();
        await clock.DeclareAsync(Ct);
        time.Advance(TimeSpan.FromDays(3));

        await clock.OweAsync(Ct);
        await clock.OweAsync(Ct);

        Assert.Equal("clubs.count@2027-03-04T11:05:00Z", await hub.TextAsync("select dedupe_key from es.outbox"));
    }

    [Fact]
    public async Task A_job_the_program_no_longer_declares_is_forgotten_and_what_people_added_is_not()
    {
        var time = new ManualTime(Noon);
        await using var hub = await StartAsync(time, out _);
        await hub.Store.Jobs.RegisterAsync(
            ClubHub.District, "clubs.old", "clubs.old", "0 0 0 * * ?", "Etc/UTC", declared: true, Ct);
        await hub.Store.Jobs.RegisterAsync(
            ClubHub.District, "evening", "clubs.count", "0 0 18 * * ?", "Etc/UTC", declared: false, Ct);

        await hub.Services.GetRequiredService<JobClock>().DeclareAsync(Ct);

        Assert.Equal("clubs.count,evening", await hub.TextAsync("select string_agg(id, ',' order by id) from es.jobs"));
    }

    [Fact]
    public async Task People_add_change_trigger_and_remove_schedules()
    {
        var time = new ManualTime(Noon);
        await using var hub = await StartAsync(time, out var runs);
        var recurring = hub.Services.GetRequiredService<RecurringJob>();
        hub.Begin();
        var chicago = TimeZoneInfo.FindSystemTimeZoneById("America/Chicago");
        await recurring.AddOrUpdate<CountClubs>(ClubHub.District, "evening", "0 0 18 * * ?", chicago, Ct);
        await recurring.AddOrUpdate<CountClubs>(ClubHub.District, "evening", "0 30 18 * * ?", chicago, Ct);

        Assert.True(await recurring.Trigger(ClubHub.District, "evening", Ct));
        await ClubHub.UntilAsync(() => Task.FromResult(runs.Done.Count == 1));
        Assert.Equal(Noon, runs.Done.Single().FireTime);
        await time.AdvanceUntilAsync(
            TimeSpan.FromMinutes(5), () => Task.FromResult(runs.Done.Any(run => run.FireTime.Minute == 30)), Ct);
        Assert.Equal("2027-03-02 00:30:00Z", $"{runs.Done.Single(run => run.FireTime.Minute == 30).FireTime:u}");

        Assert.True(await recurring.RemoveIfExists(ClubHub.District, "evening", Ct));
        Assert.False(await recurring.RemoveIfExists(ClubHub.District, "evening", Ct));
        Assert.False(await recurring.Trigger(ClubHub.District, "evening", Ct));
    }

    [Fact]
    public async Task A_background_job_runs_once_per_key_and_not_before_its_time()
    {
        var time = new ManualTime(Noon);
        await using var hub = await StartAsync(time, out var runs);
        var background = hub.Services.GetRequiredService<BackgroundJob>();
        await background.Enqueue<CountClubs>(ClubHub.District, "today", Ct);
        await background.Enqueue<CountClubs>(ClubHub.District, "today", Ct);
        await background.Schedule<CountClubs>(ClubHub.District, Noon + TimeSpan.FromMinutes(2), ct: Ct);
        hub.Begin();

        await ClubHub.UntilAsync(() => Task.FromResult(runs.Done.Count == 1));
        await time.AdvanceUntilAsync(TimeSpan.FromSeconds(10), () => Task.FromResult(runs.Done.Count == 2), Ct);

        Assert.Equal([Noon, Noon + TimeSpan.FromMinutes(2)], runs.Done.Select(run => run.FireTime));
    }

    [Fact]
    public async Task A_schedule_that_cannot_be_read_is_refused_with_what_it_should_look_like()
    {
        var time = new ManualTime(Noon);
        await using var hub = await StartAsync(time, out _);
        var recurring = hub.Services.GetRequiredService<RecurringJob>();

        var refused = await Assert.ThrowsAsync<FormatException>(() =>
            recurring.AddOrUpdate<CountClubs>(ClubHub.District, "x", "every night", ct: Ct));

        Assert.Contains("0 30 2 * * ?", refused.Message, StringComparison.Ordinal);
    }

    private static Task<ClubHub> StartAsync(ManualTime time, out Runs runs)
    {
        var own = runs = new Runs();
        return ClubHub.StartAsync(time: time, more: hub =>
        {
            hub.Services.AddSingleton(own);

            // The clock may leap far while a run is under way.
            hub.Recurring<CountClubs>("0 5 * * * ?", limit: TimeSpan.FromDays(1));
        });
    }

    private static Task<string> Outcome(ClubHub hub) => hub.TextAsync("select last_outcome from es.jobs");

    private sealed class Runs
    {
        public OutboxResult Answer { get; set; } = OutboxResult.Done;

        public ConcurrentQueue<JobRun> Done { get; } = [];
    }

    private sealed class CountClubs(Runs runs) : IJob
    {
        public static string Name => "clubs.count";

        public Task<OutboxResult> RunAsync(JobRun run, CancellationToken ct)
        {
            runs.Done.Enqueue(run);
            return Task.FromResult(runs.Answer);
        }
    }
}
