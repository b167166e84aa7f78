using K12Hub.Testing;
using Npgsql;

namespace K12Hub.EventStore.Tests.Projections;

/// <summary>Three nodes project the same log while writers commit late, roll back and die, and while the nodes' own
/// connections are killed under them. The same load breaks a wrong mark of what is settled.</summary>
public sealed class Every_event_counts_once
{
    private static readonly TimeSpan Load = TimeSpan.FromSeconds(
        double.Parse(Environment.GetEnvironmentVariable("K12HUB_CHAOS_SECONDS") ?? "8", null));

    [Fact]
    public async Task Whoever_dies_and_however_late_writers_commit()
    {
        await using var test = await TestStore.CreateAsync(options =>
        {
            Projecting.Add(options);
            Tally.Add(options);
        });
        var killed = await ProjectUnderFireAsync(test, Load);
        Assert.True(killed > 10, $"only {killed} connections were killed: nothing is proven");
        await using var node = Node(test);
        node.Daemon.StartAll();
        await test.ProjectedAsync();

        var written = await test.CountAsync("es.events");
        Assert.True(written > 200, $"only {written} events: the load is too small to prove anything");
        Assert.Equal(written, await test.CountAsync("notes.seen"));
        Assert.Equal(written, await test.ScalarAsync<int>("select times from notes.words where word = 'late'"));
        Assert.Equal(written, await test.ScalarAsync<long>("select sum(times) from notes.tally"));
        Assert.Equal(0, await test.CountAsync("es.dead_letters"));
    }

    [Fact]
    public async Task The_load_breaks_a_mark_that_passes_writers_in_flight()
    {
        await using var test = await Projecting.CreateAsync();
        await test.ExecuteAsync(
            "create or replace function es.settled(t smallint) returns bigint language sql volatile as "
            + "'select last_value from es.position_seq'");
        var skipped = 0L;
        for (var round = 0; round < 30 && skipped == 0; round++)
        {
            await ProjectUnderFireAsync(test, TimeSpan.FromSeconds(1.5));
            await using var node = Node(test);
            node.Daemon.StartAll();
            await test.ProjectedAsync();
            skipped = await test.CountAsync("es.events") - await test.CountAsync("notes.seen");
        }

        Assert.True(skipped > 0, "The load did not break a wrong mark: it proves nothing about the right one either.");
    }

    /// <returns>How many connections of nodes were killed.</returns>
    private static async Task<int> ProjectUnderFireAsync(TestStore test, TimeSpan duration)
    {
        var nodes = Enumerable.Range(0, 3).Select(_ => Node(test)).ToList();
        nodes.ForEach(node => node.Daemon.StartAll());
        var chaos = new LateWriters(test);
        var writing = chaos.RunAsync(duration);
        var killed = 0;
        while (!chaos.IsOver)
        {
            killed += await test.ScalarAsync<bool>(
                """
                select coalesce(bool_or(pg_terminate_backend(pid)), false)
                  from (select pid from pg_stat_activity
                         where datname = current_database() and application_name = 'node'
                         order by random() limit 1) one
                """) ? 1 : 0;
            await Task.Delay(40, TestStore.Ct);
        }

        await writing;
        foreach (var node in nodes)
        {
            await node.DisposeAsync();
        }

        return killed;
    }

    private static DocumentStore Node(TestStore test) => test.Open(options =>
    {
        options.UseDatabase(new NpgsqlConnectionStringBuilder(test.ConnectionString)
        {
            ApplicationName = "node",
            MaxPoolSize = 8,
        }.ConnectionString);
        options.Projections.PageSize = 23;
        options.Projections.MaxConcurrency = 3;
        options.Projections.PollInterval = TimeSpan.FromMilliseconds(10);
    });
}
