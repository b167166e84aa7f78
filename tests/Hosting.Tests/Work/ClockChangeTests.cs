using K12Hub.EventStore;
using K12Hub.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace K12Hub.Hosting.Tests.Work;

/// <summary>On the two nights a year on which clocks change a nightly job runs once, on however many nodes, by the real
/// rules of the zones districts live in.</summary>
public sealed class ClockChangeTests
{
    // In 2027 clocks change on 14 March and 7 November where they change.
    [Theory]
    [InlineData("America/New_York", "03-14 07:00", "11-07 07:30")]
    [InlineData("America/Chicago", "03-14 08:00", "11-07 08:30")]
    [InlineData("America/Denver", "03-14 09:00", "11-07 09:30")]
    [InlineData("America/Los_Angeles", "03-14 10:00", "11-07 10:30")]
    [InlineData("America/Anchorage", "03-14 11:00", "11-07 11:30")]
    [InlineData("America/Adak", "03-14 12:00", "11-07 12:30")]
    [InlineData("America/Phoenix", "03-14 09:30", "11-07 09:30")]
    [InlineData("Pacific/Honolulu", "03-14 12:30", "11-07 12:30")]
    [InlineData("America/Puerto_Rico", "03-14 06:30", "11-07 06:30")]
    public async Task A_job_of_half_past_two_runs_once_in_the_night_of_each_change(
        string zone, string spring, string autumn)
    {
        Assert.Equal([spring], await NightAsync(zone, "0 30 2 * * ?", new DateOnly(2027, 3, 14)));
        Assert.Equal([autumn], await NightAsync(zone, "0 30 2 * * ?", new DateOnly(2027, 11, 7)));
    }

    [Theory]
    [InlineData("America/New_York", "11-07 05:30")]
    [InlineData("America/Chicago", "11-07 06:30")]
    [InlineData("America/Phoenix", "11-07 08:30")]
    public async Task A_job_of_half_past_one_runs_the_first_time_the_clocks_show_it(string zone, string autumn) =>
        Assert.Equal([autumn], await NightAsync(zone, "0 30 1 * * ?", new DateOnly(2027, 11, 7)));

    [Fact]
    public void A_job_of_every_twenty_minutes_neither_pauses_nor_hurries()
    {
        var times = new FireTimes("0 0/20 * * * ?", TimeZoneInfo.FindSystemTimeZoneById("America/Chicago"));
        foreach (var day in new[] { new DateTime(2027, 3, 14), new DateTime(2027, 11, 7) })
        {
            var fire = new DateTimeOffset(day, TimeSpan.Zero);
            for (var i = 0; i < 90; i++)
            {
                var next = times.NextAfter(fire)!.Value;
                Assert.Equal(TimeSpan.FromMinutes(20), next - fire);
                fire = next;
            }
        }
    }

    [Fact]
    public void However_long_nobody_looked_the_last_fire_time_is_found()
    {
        var times = new FireTimes("* * * * * ?", TimeZoneInfo.Utc);
        var now = new DateTimeOffset(2027, 3, 1, 0, 0, 0, TimeSpan.Zero);

        Assert.Equal(now, times.LastBetween(now - TimeSpan.FromDays(400), now));
        Assert.Null(times.LastBetween(now, now));
    }

    /// <summary>The fire times, in UTC, owed by three nodes that look every ten minutes from noon to noon.</summary>
    private static async Task<string[]> NightAsync(string zone, string cron, DateOnly day)
    {
        var ct = TestContext.Current.CancellationToken;
        var noon = new DateTimeOffset(day.AddDays(-1), new TimeOnly(18, 0), TimeSpan.Zero);
        var time = new ManualTime(noon);
        await using var database = await ClubHub.DatabaseAsync();
        await using var store = DocumentStore.For(options =>
        {
            options.UseDatabase(database.ConnectionString);
            options.Time = time;
        });
        var settings = new JobsSettings { TimeZone = zone };
        var nodes = Enumerable.Range(0, 3).Select(_ => new JobClock(
            store, settings, [new("nightly", "nightly", cron)], time, NullLogger<JobClock>.Instance)).ToList();
        await Task.WhenAll(nodes.Select(node => node.DeclareAsync(ct)));
        while (time.GetUtcNow() < noon + TimeSpan.FromDays(1))
        {
            time.Advance(TimeSpan.FromMinutes(10));
            await Task.WhenAll(nodes.Select(node => node.OweAsync(ct)));
        }

        await using var command = store.OwnerDataSource.CreateCommand(
            "select to_char(due_at at time zone 'UTC', 'MM-DD HH24:MI') from es.outbox order by due_at");
        await using var rows = await command.ExecuteReaderAsync(ct);
        var owed = new List<string>();
        while (await rows.ReadAsync(ct)) owed.Add(rows.GetString(0));

        return [.. owed];
    }
}
