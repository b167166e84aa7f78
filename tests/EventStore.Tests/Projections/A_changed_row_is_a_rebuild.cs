namespace K12Hub.EventStore.Tests.Projections;

public sealed class A_changed_row_is_a_rebuild
{
    private static readonly Guid Bus = new("00000000-0000-0000-0000-0000000000b1");

    [Fact]
    public async Task A_new_version_takes_the_place_of_the_old_with_all_that_happened()
    {
        await using var test = await TestStore.CreateAsync();
        await test.OpenAsync(Bus, "Bus 12 was late", new InquiryAnswered("Sorry."));
        await test.ExecuteAsync("create role district_report; grant select on inquiries.queue to district_report");
        await using var next = test.NextProgram();
        Assert.Equal(["inquiries.queue_v2"], (await next.ApplySchemaAsync(TestStore.Ct)).Applied);

        Assert.Equal("About Bus 12 was late 5", await test.RowsAsync("select subject, words from inquiries.queue"));
        Assert.Equal("queue_v2", await test.RowsAsync(
            "select tablename from pg_tables where schemaname like 'inquiries%'"));
        Assert.True(await test.ScalarAsync<bool>("select has_table_privilege('district_report', 'inquiries.queue', "
            + "'select')"));
        Assert.Equal("queue_v2_pkey\nqueue_v2_subject_id", await test.RowsAsync(
            "select indexname from pg_indexes where schemaname = 'inquiries' order by 1"));
        Assert.Empty((await next.ApplySchemaAsync(TestStore.Ct)).Applied);
        await test.ExecuteAsync("drop owned by district_report; drop role district_report");
    }

    [Fact]
    public async Task A_program_older_than_the_rows_stores_nothing_and_does_not_start()
    {
        await using var test = await TestStore.CreateAsync();
        await test.OpenAsync(Bus);
        await using var next = test.NextProgram();
        await next.ApplySchemaAsync(TestStore.Ct);
        await using var session = test.Session();
        session.Events.Append<Inquiry>(Bus, ExpectedVersion.Any, new InquiryAnswered("Sorry."));
        await Assert.ThrowsAsync<SchemaException>(() => session.SaveChangesAsync(TestStore.Ct));

        Assert.Equal(1, await test.CountAsync("es.events"));
        var older = await Assert.ThrowsAsync<SchemaException>(() => test.Store.ApplySchemaAsync(TestStore.Ct));
        Assert.Contains("older than the database", older.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nodes_that_start_together_rebuild_once()
    {
        await using var test = await TestStore.CreateAsync();
        await test.OpenManyAsync(50);
        await using var one = test.NextProgram();
        await using var two = test.NextProgram();
        await Task.WhenAll(one.ApplySchemaAsync(TestStore.Ct), two.ApplySchemaAsync(TestStore.Ct));
        Assert.Equal(50, await test.CountAsync("inquiries.queue"));
        Assert.Equal("1", await test.RowsAsync(
            "select count(*) from pg_tables where schemaname like 'inquiries%' and tablename like 'queue%'"));
    }

    [Fact]
    public async Task A_new_projection_begins_with_what_happened_before_it()
    {
        await using var test = await TestStore.CreateAsync();
        await test.OpenAsync(Bus, "Bus 12 was late");
        await using var later = DocumentStore.For(options =>
        {
            TestStore.Configure(options, test.ConnectionString);
            options.Tables.Add<LaterRow>("inquiries.later", 1, t => t.Key(row => row.Id).FollowsStream());
            options.Projections.Add<LaterQueue>(ProjectionLifecycle.Inline);
        });
        await later.ApplySchemaAsync(TestStore.Ct);
        Assert.Equal("Bus 12 was late", await test.RowsAsync("select subject from inquiries.later"));
    }

    [Fact]
    public async Task Rows_of_the_background_may_become_inline_and_back()
    {
        await using var test = await TestStore.CreateAsync();
        await using (var before = Lifecycle(test, ProjectionLifecycle.Async))
        {
            await before.ApplySchemaAsync(TestStore.Ct);
            before.Daemon.StartAll();
            await test.OpenAsync(Bus, "Bus 12 was late");
            await before.WaitForNonStaleDataAsync(TestStore.Lincoln, null, TimeSpan.FromSeconds(60), TestStore.Ct);
        }

        await test.OpenAsync(Guid.CreateVersion7(), "Nobody projected this");
        await using (var inline = Lifecycle(test, ProjectionLifecycle.Inline))
        {
            await inline.ApplySchemaAsync(TestStore.Ct);
            Assert.Equal(2, await test.CountAsync("inquiries.later"));
            Assert.Equal(ProjectionMode.Inline, (await inline.ProjectionControl.StatusAsync(TestStore.Ct))[0].Mode);
        }

        await test.OpenAsync(Guid.CreateVersion7(), "Nor this");
        await using var again = Lifecycle(test, ProjectionLifecycle.Async);
        await again.ApplySchemaAsync(TestStore.Ct);
        again.Daemon.StartAll();
        await again.WaitForNonStaleDataAsync(TestStore.Lincoln, null, TimeSpan.FromSeconds(60), TestStore.Ct);
        Assert.Equal(3, await test.CountAsync("inquiries.later"));
    }

    [Fact]
    public async Task A_table_that_no_projection_writes_needs_a_person()
    {
        await using var test = await TestStore.CreateAsync();
        await using (var before = Plain(test, 1))
        {
            await before.ApplySchemaAsync(TestStore.Ct);
        }

        await using var after = Plain(test, 2);
        var refused = await Assert.ThrowsAsync<SchemaException>(() => after.ApplySchemaAsync(TestStore.Ct));
        Assert.Contains("no projection can do it", refused.Message, StringComparison.Ordinal);
    }

    private static DocumentStore Plain(TestStore test, int version) => DocumentStore.For(options =>
    {
        TestStore.Configure(options, test.ConnectionString);
        options.Tables.Add<WordRow>("notes.words", version, t => t.Key(row => row.Word));
    });

    private static DocumentStore Lifecycle(TestStore test, ProjectionLifecycle lifecycle) =>
        DocumentStore.For(options =>
        {
            TestStore.Configure(options, test.ConnectionString);
            options.Tables.Add<LaterRow>("inquiries.later", 1, t => t.Key(row => row.Id).FollowsStream());
            options.Projections.Add<LaterQueue>(lifecycle);
        });
}
