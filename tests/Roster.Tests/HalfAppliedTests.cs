using Npgsql;

namespace K12Hub.Roster.Tests;

/// <summary>Whatever stops a run, the database is as before it, and the next run works.</summary>
public sealed class HalfAppliedTests : IAsyncLifetime
{
    private TestDistrict district = null!;

    public async ValueTask InitializeAsync() => district = await TestDistrict.CreateAsync();

    public ValueTask DisposeAsync() => district.DisposeAsync();

    /// <summary>The server ends the connection while a table is being written.</summary>
    [Theory]
    [InlineData("roster.people_v1")]
    [InlineData("roster.enrollments_v1")]
    [InlineData("roster.sync_runs_v1")]
    [InlineData("es.events")]
    public async Task A_connection_lost_in_mid_run_leaves_nothing(string table)
    {
        await district.ImportAsync(Package.Version12());
        var before = await EverythingAsync();

        // Whoever writes into the table loses the connection there.
        await RunAsync($"""
            create function lose() returns trigger language plpgsql as
              'begin perform pg_terminate_backend(pg_backend_pid()); return null; end';
            create trigger lose after insert or update on {table} for each statement execute function lose();
            """);
        await Assert.ThrowsAnyAsync<NpgsqlException>(() => district.ImportAsync(Changed()));
        await RunAsync("drop function lose cascade");

        Assert.Equal(before, await EverythingAsync());
        Assert.Equal(ImportStatus.Applied, (await district.ImportAsync(Changed())).Status);
        Assert.Empty(await district.ListAsync("select nspname from pg_namespace where nspname like 'roster_stage%'"));
    }

    [Fact]
    public async Task A_run_that_is_stopped_leaves_nothing()
    {
        await district.ImportAsync(Package.Version12());
        var before = await EverythingAsync();
        using var stop = new CancellationTokenSource();
        await using var source = new EmptySource(stop.CancelAsync);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => district.ImportAsync(source, stop.Token));
        Assert.Equal(before, await EverythingAsync());
        Assert.Equal(ImportStatus.Unchanged, (await district.ImportAsync(Package.Version12())).Status);
    }

    [Fact]
    public async Task What_a_killed_run_left_behind_is_cleared_away()
    {
        await RunAsync("create schema roster_stage_1; create table roster_stage_1.staged_user (id int)");
        Assert.Equal(ImportStatus.Applied, (await district.ImportAsync(Package.Version12())).Status);
    }

    private static Package Changed() => Package.Version12()
        .Change("users.csv", "ana@example.org", "ortiz@example.org")
        .With("enrollments.csv", "e3,,,math3a,lincoln,mia,student,,,");

    private async Task RunAsync(string sql)
    {
        await using var command = district.Store.OwnerDataSource.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }

    private async Task<string> EverythingAsync()
    {
        var tables = district.Store.Options.Tables.All.Select(table => table.Table)
            .Append("es.events").Append("es.streams");
        var all = new List<string>();
        foreach (var table in tables)
        {
            all.Add(await district.OneAsync($"""
                select '{table} ' || count(*) || coalesce(md5(string_agg(t::text, '' order by t::text)), '')
                  from {table} t
                """));
        }

        return string.Join('\n', all);
    }
}
