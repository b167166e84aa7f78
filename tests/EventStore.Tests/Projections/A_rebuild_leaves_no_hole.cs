using Npgsql;

namespace K12Hub.EventStore.Tests.Projections;

public sealed class A_rebuild_leaves_no_hole
{
    private static readonly Guid Bus = new("00000000-0000-0000-0000-0000000000b1");
    private static readonly Guid Lunch = new("00000000-0000-0000-0000-0000000000b2");

    [Fact]
    public async Task Readers_see_the_old_rows_or_the_new_ones_while_others_write()
    {
        await using var test = await TestStore.CreateAsync();
        var ids = await test.OpenManyAsync(300);
        await using var next = test.NextProgram();
        var started = new TaskCompletionSource();
        var applying = ApplyAsync();
        var writing = Enumerable.Range(0, 3).Select(_ => test.AnswerAsync(ids, applying)).ToList();
        var reading = Enumerable.Range(0, 2).Select(_ => test.ReadAsync(ids.Count, applying)).ToList();
        started.SetResult();
        await applying;
        var answered = (await Task.WhenAll(writing)).Sum();
        var seen = await Task.WhenAll(reading);

        Assert.All(seen, s => Assert.True(s is { Old: > 0, New: > 0 }, $"{s}: the readers did not meet the swap"));
        Assert.Equal(ids.Count + answered, await test.CountAsync("es.events"));
        Assert.Equal(
            await test.FoldedAsync(ids, new NextQueue().Row),
            await test.RowsAsync("select format('NextRow { Id = %s, Subject = %s, Words = %s }', id, subject, words) "
                + "from inquiries.queue order by id::text collate \"C\""));

        async Task ApplyAsync()
        {
            await started.Task;
            await next.ApplySchemaAsync(TestStore.Ct);
        }
    }

    [Fact]
    public async Task Rows_of_the_same_version_are_made_anew_while_others_write()
    {
        await using var test = await TestStore.CreateAsync();
        var ids = await test.OpenManyAsync(200);
        await test.ExecuteAsync("update inquiries.queue_v1 set subject = 'wrong', stream_version = 900");
        var rebuilding = test.Store.RebuildProjectionAsync("inquiries.queue", null, TestStore.Ct);
        var answered = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => test.AnswerAsync(ids, rebuilding)));
        await rebuilding;

        Assert.Equal(ids.Count + answered.Sum(), await test.CountAsync("es.events"));
        Assert.Equal(
            await test.FoldedAsync(ids, new InquiryQueue().Row),
            await test.RowsAsync(
                "select format('InquiryRow { Id = %s, Subject = %s, Assignee = %s, Answers = %s }', id, subject, "
                + "assignee, answers) from inquiries.queue order by id::text collate \"C\""));
        Assert.Equal("", await test.LeftoversAsync());
    }

    [Fact]
    public async Task Rows_of_many_streams_are_made_anew_while_the_daemon_follows()
    {
        await using var test = await Projecting.CreateAsync();
        for (var i = 0; i < 300; i++)
        {
            await test.WriteAsync(Guid.CreateVersion7(), i % 3 == 0 ? "late bus" : "late");
        }

        test.Store.Daemon.StartAll();
        await test.ProjectedAsync();
        await test.ExecuteAsync("update notes.words_v1 set times = 9000");
        var rebuilding = test.Store.RebuildProjectionAsync("notes.words", null, TestStore.Ct);
        var more = 0;
        for (; !rebuilding.IsCompleted; more++)
        {
            await test.WriteAsync(Bus, "late");
        }

        await rebuilding;
        await test.WriteAsync(Bus, "late");
        await test.ProjectedAsync();
        Assert.Equal(
            $"bus 100\nlate {301 + more}", await test.RowsAsync("select word, times from notes.words order by word"));
        Assert.Equal(301 + more, await test.CountAsync("notes.seen"));
    }

    [Theory]
    [InlineData(RebuildStep.Preparing)]
    [InlineData(RebuildStep.Filling)]
    [InlineData(RebuildStep.Indexing)]
    [InlineData(RebuildStep.CatchingUp)]
    [InlineData(RebuildStep.Swapping)]
    public async Task Ending_it_at_any_step_leaves_the_old_rows(RebuildStep step)
    {
        await using var test = await TestStore.CreateAsync();
        var ids = await test.OpenManyAsync(5);
        await test.ExecuteAsync("update inquiries.queue_v1 set subject = 'old'");
        using var stop = new CancellationTokenSource();
        var steps = new Rebuilding.StopAt(step, stop);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => test.Store.RebuildProjectionAsync("inquiries.queue", steps, stop.Token));

        Assert.Equal([step, RebuildStep.Failed], steps.Steps[^2..]);
        Assert.Equal("5 old", await test.RowsAsync("select count(*), min(subject) from inquiries.queue"));
        Assert.Equal("", await test.LeftoversAsync());
        var state = Assert.Single(await test.Store.ProjectionControl.RebuildsAsync(TestStore.Ct));
        Assert.Equal((RebuildStep.Failed, "It was stopped."), (state.Progress.Step, state.Failure));

        await test.Store.RebuildProjectionAsync("inquiries.queue", null, TestStore.Ct);
        Assert.Equal(
            ids.Count, await test.ScalarAsync<long>("select count(*) from inquiries.queue where subject <> 'old'"));
        Assert.Equal(
            RebuildStep.Done, (await test.Store.ProjectionControl.RebuildsAsync(TestStore.Ct)).Single().Progress.Step);
    }

    [Theory]
    [InlineData("inquiries.queue")]
    [InlineData("notes.words")]
    public async Task A_killed_rebuild_leaves_the_old_rows_and_the_next_one_tidies_up(string name)
    {
        await using var test = await Projecting.CreateAsync();
        await test.OpenManyAsync(5);
        await test.WriteAsync(Bus, "late");
        test.Store.Daemon.StartAll();
        await test.ProjectedAsync();
        await test.Store.Daemon.StopAllAsync();
        await test.ExecuteAsync("create schema notes_next; create table notes_next.words_v1 (left_behind int)");
        var killer = new AtStep(RebuildStep.CatchingUp, () => test.ExecuteAsync(
            "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() "
            + "and pid <> pg_backend_pid()"));
        await Assert.ThrowsAnyAsync<NpgsqlException>(
            () => test.Store.RebuildProjectionAsync(name, killer, TestStore.Ct));
        Assert.Equal("5 1", await test.RowsAsync(
            "select (select count(*) from inquiries.queue), (select times from notes.words)"));
        await test.Store.RebuildProjectionAsync("notes.words", null, TestStore.Ct);
        await test.Store.RebuildProjectionAsync("inquiries.queue", null, TestStore.Ct);
        Assert.Equal("", await test.LeftoversAsync());
        Assert.Equal("5 1", await test.RowsAsync(
            "select (select count(*) from inquiries.queue), (select times from notes.words)"));
    }

    [Fact]
    public async Task A_rebuild_of_nothing_ends()
    {
        await using var test = await Projecting.CreateAsync();
        foreach (var name in new[] { "inquiries.queue", "inquiries.later", "notes.words", "notes.seen" })
        {
            await test.Store.RebuildProjectionAsync(name, null, TestStore.Ct);
        }

        await test.OpenAsync(Bus);
        test.Store.Daemon.StartAll();
        await test.ProjectedAsync();
        Assert.Equal("1 1", await test.RowsAsync(
            "select (select count(*) from inquiries.queue), (select count(*) from inquiries.later)"));
    }

    [Fact]
    public async Task An_event_that_cannot_be_projected_ends_it_with_the_reason()
    {
        await using var test = await Projecting.CreateAsync();
        await test.WriteAsync(Bus, "late");
        test.Store.Daemon.StartAll();
        await test.ProjectedAsync();
        await test.Store.Daemon.StopAllAsync();
        await test.WriteAsync(Lunch, "poison");
        var failed = await Assert.ThrowsAsync<ProjectionException>(
            () => test.Store.RebuildProjectionAsync("notes.words", null, TestStore.Ct));

        Assert.Equal(
            "notes.words cannot be rebuilt: event note.written at position 2: "
            + "InvalidOperationException in Words.Evolve.",
            failed.Message);
        var state = Assert.Single(await test.Store.ProjectionControl.RebuildsAsync(TestStore.Ct));
        Assert.Equal(failed.Message, state.Failure);
        Assert.Equal("late 1", await test.RowsAsync("select word, times from notes.words"));
    }

    [Fact]
    public async Task A_rebuild_of_overviews_tries_events_that_were_put_aside_again()
    {
        await using var test = await Projecting.CreateAsync(PoisonPolicy.DeadLetter);
        await test.WriteAsync(Lunch, "poison");
        await test.WriteAsync(Bus, "late");
        await test.OpenAsync(Guid.CreateVersion7(), "poison", new InquiryAnswered("One."));
        test.Store.Daemon.StartAll();
        await test.ProjectedAsync();
        await test.ExecuteAsync("update es.dead_letters set failure = '{}'");
        await test.Store.RebuildProjectionAsync("notes.words", null, TestStore.Ct);
        await test.Store.RebuildProjectionAsync("inquiries.later", null, TestStore.Ct);

        Assert.Equal(
            "inquiries.later@1 4 True\nnotes.words@1 1 True",
            await test.RowsAsync("select projection, position, failure ? 'message' from es.dead_letters order by 1"));
        Assert.Equal("late 1", await test.RowsAsync("select word, times from notes.words"));
        Assert.Equal("0", await test.RowsAsync("select answers from inquiries.later"));
    }

    [Fact]
    public async Task An_event_that_a_person_skipped_stays_skipped()
    {
        await using var test = await Projecting.CreateAsync();
        await test.WriteAsync(Bus, "late");
        await test.WriteAsync(Lunch, "poison");
        test.Store.Daemon.StartAll();
        await Assert.ThrowsAsync<ProjectionException>(() => test.ProjectedAsync());
        await test.Store.ProjectionControl.SkipAsync("notes.words", null, TestStore.Ct);
        await test.ProjectedAsync();
        await test.Store.ProjectionControl.PauseAsync("notes.words", null, TestStore.Ct);
        await test.Store.RebuildProjectionAsync("notes.words", null, TestStore.Ct);
        await test.WriteAsync(Bus, "late");
        await test.ProjectedAsync();

        Assert.Equal("late 2", await test.RowsAsync("select word, times from notes.words"));
        Assert.Equal("2 True", await test.RowsAsync("select position, skipped from es.dead_letters"));
    }

    [Fact]
    public async Task Nothing_is_sent_again()
    {
        await using var test = await Projecting.CreateAsync();
        await using var session = test.Session();
        session.Events.StartStream<Inquiry>(Bus, new InquiryOpened("Bus"));
        session.Outbox.Publish("mail.send", "once", new { to = "family" });
        await session.SaveChangesAsync(TestStore.Ct);
        await test.ExecuteAsync("delete from es.outbox");
        test.Store.Daemon.StartAll();
        await test.ProjectedAsync();
        foreach (var name in new[] { "inquiries.queue", "inquiries.later", "notes.words" })
        {
            await test.Store.RebuildProjectionAsync(name, null, TestStore.Ct);
        }

        Assert.Equal(0, await test.CountAsync("es.outbox"));
        Assert.Equal(1, await test.CountAsync("es.events"));
    }

    /// <summary>Does something as soon as a rebuild comes to a step.</summary>
    private sealed class AtStep(RebuildStep step, Func<Task> act) : IProgress<RebuildProgress>
    {
        public void Report(RebuildProgress value)
        {
            if (value.Step == step)
            {
                act().ContinueWith(_ => { }, TaskScheduler.Default).Wait(TestStore.Ct);
            }
        }
    }
}
