using K12Hub.EventStore.Tests.Projections;
using Npgsql;

namespace K12Hub.EventStore.Tests;

/// <summary>Tables of a few rows that change all the time stay small: their changes touch no index, and make room for
/// each other.</summary>
public sealed class Hot_tables_do_not_grow
{
    private const int Changes = 1_000;
    private const int Rounds = 20;
    private const string Move = "update es.projections set position = position + 1, updated_at = now()";
    private const string Lease = "update es.outbox set attempts = attempts + 1, leased_until = now()";

    [Theory]
    [InlineData("es.projections", Move)]
    [InlineData("es.outbox", Lease)]
    public async Task Without_autovacuum_they_stop_growing_and_touch_no_index(string table, string change)
    {
        await using var test = await FilledAsync();
        Assert.InRange(await TouchingIndexesAsync(test, table, change), 0, 0.1);

        // While the server looks through the database for statistics, nothing makes room; that ends.
        for (var round = 1; ; round++)
        {
            var before = await test.ScalarAsync<long>($"select pg_relation_size('{table}')");
            await TouchingIndexesAsync(test, table, change);
            var grownBy = await test.ScalarAsync<long>($"select pg_relation_size('{table}')") - before;
            if (grownBy == 0) break;
            Assert.True(round < Rounds, $"{table} still grows, by {grownBy} bytes in {Changes} changes.");
        }
    }

    [Fact]
    public async Task An_index_on_what_changes_is_noticed()
    {
        await using var test = await FilledAsync();
        await test.ExecuteAsync("create index on es.projections (position)");

        Assert.InRange(await TouchingIndexesAsync(test, "es.projections", Move), 0.9, 1);
    }

    private static async Task<TestStore> FilledAsync()
    {
        var test = await Projecting.CreateAsync();
        await using var session = test.Session();
        session.Events.Append<Note>(Guid.CreateVersion7(), ExpectedVersion.Any, new NoteWritten("late"));
        session.Outbox.Publish("mail.send", "late", new { To = "ana" });
        await session.SaveChangesAsync(TestStore.Ct);
        test.Store.Daemon.StartAll();
        await test.ProjectedAsync();
        await test.Store.Daemon.StopAllAsync();
        return test;
    }

    /// <returns>The share of changed rows that needed new entries in indexes; 0 to 1.</returns>
    private static async Task<double> TouchingIndexesAsync(TestStore test, string table, string change)
    {
        await test.ExecuteAsync($"alter table {table} set (autovacuum_enabled = false)");
        await using var connection = await test.Store.OwnerDataSource.OpenConnectionAsync(TestStore.Ct);
        var (changed, hot) = await CountsAsync(connection, table);
        for (var i = 0; i < Changes; i++)
        {
            await using var one = new NpgsqlCommand(change, connection);
            await one.ExecuteNonQueryAsync(TestStore.Ct);
        }

        var (changedNow, hotNow) = await CountsAsync(connection, table);
        Assert.True(changedNow - changed >= Changes);
        return 1 - ((double)(hotNow - hot) / (changedNow - changed));
    }

    private static async Task<(long Changed, long Hot)> CountsAsync(NpgsqlConnection connection, string table)
    {
        await using var flush = new NpgsqlCommand("select pg_stat_force_next_flush()", connection);
        await flush.ExecuteNonQueryAsync(TestStore.Ct);
        await using var ask = new NpgsqlCommand(
            $"""
            select n_tup_upd, n_tup_hot_upd from pg_stat_user_tables where relid = '{table}'::regclass
            """, connection);
        await using var row = await ask.ExecuteReaderAsync(TestStore.Ct);
        await row.ReadAsync(TestStore.Ct);
        return (row.GetInt64(0), row.GetInt64(1));
    }
}
