namespace K12Hub.EventStore.Tests.Projections;

/// <summary>Statements of a projection's own. That they count once whoever dies is in
/// <see cref="Every_event_counts_once"/>.</summary>
public sealed class Statements_count_once
{
    private static readonly Guid Bus = new("00000000-0000-0000-0000-0000000000b1");
    private static readonly Guid Lunch = new("00000000-0000-0000-0000-0000000000b2");

    [Fact]
    public async Task They_run_between_what_was_stored_before_and_what_is_stored_after()
    {
        await using var test = await TestStore.CreateAsync(Tally.Add);
        await WriteAsync(test, Bus, "late", "set 10", "late", "divide 2", "late", "set 3", "divide 3", "late");
        await WriteAsync(test, Lunch, "late", "drop", "late");
        await test.WriteAsync(Bus, "late", TestStore.Franklin);
        test.Store.Daemon.StartAll();
        await test.ProjectedAsync();
        await test.ProjectedAsync(TestStore.Franklin);

        Assert.Equal(
            $"1 {Bus} 2\n1 {Lunch} 1\n2 {Bus} 1",
            await test.RowsAsync("select tenant_id, stream, times from notes.tally order by 1, 2"));
    }

    [Fact]
    public async Task A_rebuild_runs_them_over_its_own_table()
    {
        await using var test = await TestStore.CreateAsync(Tally.Add);
        await WriteAsync(test, Bus, "late", "late", "late");
        test.Store.Daemon.StartAll();
        await test.ProjectedAsync();
        await test.ExecuteAsync("update notes.tally_v1 set times = 1000");
        await test.Store.RebuildProjectionAsync("notes.tally", null, TestStore.Ct);
        await WriteAsync(test, Bus, "late");
        await test.ProjectedAsync();

        Assert.Equal("4", await test.RowsAsync("select times from notes.tally"));
    }

    [Fact]
    public async Task Other_tables_of_the_projection_may_be_read_also_those_of_a_rebuild()
    {
        await using var test = await TestStore.CreateAsync(Sums.Add);
        await WriteAsync(test, Bus, "late", "sum", "late", "sum", "late");
        await test.WriteAsync(Bus, "sum", TestStore.Franklin);
        test.Store.Daemon.StartAll();
        await test.ProjectedAsync();
        await test.ProjectedAsync(TestStore.Franklin);
        const string sums = "select tenant_id, lines from notes.sums order by 1";
        Assert.Equal("1 2\n2 0", await test.RowsAsync(sums));

        // Whoever read the tables that are read would count them all.
        await test.ExecuteAsync("insert into notes.lines_v1 select 1, 100 + n from generate_series(1, 50) n");
        await test.Store.RebuildProjectionAsync("notes.sums", null, TestStore.Ct);
        Assert.Equal("1 2\n2 0", await test.RowsAsync(sums));
    }

    [Fact]
    public async Task One_that_fails_stops_the_projection_before_its_event_and_leaves_nothing_of_it()
    {
        await using var test = await TestStore.CreateAsync(Tally.Add);
        await WriteAsync(test, Bus, "late", "late", "divide 0", "late");
        test.Store.Daemon.StartAll();
        await Assert.ThrowsAsync<ProjectionException>(() => test.ProjectedAsync());

        var failure = Assert.Single(await test.Store.ProjectionControl.StatusAsync(TestStore.Ct), s =>
            s.Name == "notes.tally" && s.Tenant == TestStore.Lincoln).Failure!;
        Assert.Equal((3, "PostgresException"), (failure.Position, failure.Exception));
        Assert.Equal("2", await test.RowsAsync("select times from notes.tally"));
        await test.Store.ProjectionControl.SkipAsync("notes.tally", null, TestStore.Ct);
        await test.ProjectedAsync();
        Assert.Equal("3", await test.RowsAsync("select times from notes.tally"));
    }

    [Fact]
    public async Task One_without_the_place_of_its_table_is_the_fault_of_the_event()
    {
        await using var test = await TestStore.CreateAsync(Tally.Add);
        await WriteAsync(test, Bus, "late", "elsewhere");
        test.Store.Daemon.StartAll();

        await Assert.ThrowsAsync<ProjectionException>(() => test.ProjectedAsync());
        Assert.Equal("1", await test.RowsAsync("select times from notes.tally"));
    }

    [Fact]
    public async Task What_they_write_cannot_be_asked_for_as_of_a_position()
    {
        await using var test = await TestStore.CreateAsync(Tally.Add);
        await WriteAsync(test, Bus, "late");

        var refused = await Assert.ThrowsAsync<ProjectionException>(
            () => test.Store.RowsAsOfAsync<TallyRow>(TestStore.Lincoln, 1, TestStore.Ct));
        Assert.Contains("only the database can tell", refused.Message, StringComparison.Ordinal);
    }

    private static async Task WriteAsync(TestStore test, Guid note, params string[] texts)
    {
        await using var session = test.Session();
        session.Events.Append<Note>(note, ExpectedVersion.Any, [.. texts.Select(text => new NoteWritten(text))]);
        await session.SaveChangesAsync(TestStore.Ct);
    }
}
