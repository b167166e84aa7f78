using K12Hub.Testing;

namespace K12Hub.EventStore.Tests;

public sealed class The_schema_is_installed_once
{
    [Fact]
    public async Task Nodes_that_start_together_install_it_once()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var store = StoreOn(database);
        var changes = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => store.ApplySchemaAsync(TestStore.Ct)));

        var first = Assert.Single(changes, c => c.Applied.Count > 0);
        Assert.Equal("Once/0001-event-log.sql", first.Applied[0]);
        Assert.Equal("inquiries.queue_v1", first.Applied[^1]);
    }

    [Theory]
    [InlineData("alter sequence es.position_seq cache 10", "es.position_seq was altered")]
    [InlineData("alter sequence es.position_seq increment 2", "es.position_seq was altered")]
    [InlineData("alter sequence es.position_seq restart with 0", "es.position_seq was reset")]
    [InlineData(
        "insert into es.projections (tenant_id, name, position) values (1, 'x', 7)",
        "database.positions: es.position_seq stands at 0, but the log or a projection is at 7")]
    [InlineData("alter database {0} set default_transaction_isolation = 'repeatable read'", "must be read committed")]
    [InlineData("alter database {0} set synchronous_commit = off", "synchronous_commit is off")]
    [InlineData("update es.schema_scripts set checksum = 'x' where name like 'Once/%'", "are never edited")]
    [InlineData("update es.read_tables set checksum = 'x'", "A changed shape is a new version")]
    [InlineData("update es.read_tables set version = 2", "it is older than the database")]
    public async Task A_database_that_would_break_a_promise_is_refused(string damage, string because)
    {
        await using var database = await TestDatabase.CreateAsync();
        await using (var store = StoreOn(database))
        {
            await store.ApplySchemaAsync(TestStore.Ct);
            await using var command = store.OwnerDataSource.CreateCommand(
                string.Format(null, damage, database.Name));
            await command.ExecuteNonQueryAsync(TestStore.Ct);
        }

        await using var again = StoreOn(database);
        var refused = await Assert.ThrowsAsync<SchemaException>(() => again.ApplySchemaAsync(TestStore.Ct));
        Assert.Contains(because, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_sequence_older_than_the_log_is_refused_and_the_way_out_that_is_told_is_one()
    {
        await using var test = await TestStore.CreateAsync();
        var saved = await test.WriteAsync(Guid.CreateVersion7(), "late", TestStore.Franklin);
        await test.ExecuteAsync("select setval('es.position_seq', 0)");

        var refused = await Assert.ThrowsAsync<SchemaException>(() => test.Store.ApplySchemaAsync(TestStore.Ct));

        Assert.StartsWith("database.positions: ", refused.Message, StringComparison.Ordinal);
        var wayOut = $"select setval('es.position_seq', {saved.LastPosition})";
        Assert.Contains(wayOut, refused.Message, StringComparison.Ordinal);
        await test.ExecuteAsync(wayOut);
        await test.Store.ApplySchemaAsync(TestStore.Ct);
        Assert.Equal(
            saved.LastPosition + 1, (await test.WriteAsync(Guid.CreateVersion7(), "later")).LastPosition);
    }

    [Fact]
    public async Task Changed_functions_are_installed_again()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using var store = StoreOn(database);
        await store.ApplySchemaAsync(TestStore.Ct);
        await using var command = store.OwnerDataSource.CreateCommand(
            "update es.schema_scripts set checksum = 'older' where name = 'Repeatable/append.sql'");
        await command.ExecuteNonQueryAsync(TestStore.Ct);
        Assert.Equal(["Repeatable/append.sql"], (await store.ApplySchemaAsync(TestStore.Ct)).Applied);
    }

    private static DocumentStore StoreOn(TestDatabase database) =>
        DocumentStore.For(options => TestStore.Configure(options, database.ConnectionString));
}
