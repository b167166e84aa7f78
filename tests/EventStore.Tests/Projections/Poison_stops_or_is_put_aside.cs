namespace K12Hub.EventStore.Tests.Projections;

public sealed class Poison_stops_or_is_put_aside
{
    private static readonly Guid Bus = new("00000000-0000-0000-0000-0000000000b1");
    private static readonly Guid Lunch = new("00000000-0000-0000-0000-0000000000b2");

    [Fact]
    public async Task A_projection_stops_before_the_event_and_says_which_one()
    {
        await using var test = await Projecting.CreateAsync();
        await WriteAsync(test, 20, "late");
        var poison = await test.WriteAsync(Lunch, "poison");
        await WriteAsync(test, 20, "late");
        test.Store.Daemon.StartAll();
        var stopped = await Assert.ThrowsAsync<ProjectionException>(() => test.ProjectedAsync());

        Assert.Contains("notes.words@1 is paused", stopped.Message, StringComparison.Ordinal);
        Assert.Equal("late 20", await test.RowsAsync("select word, times from notes.words"));
        var failure = Assert.IsType<ProjectionStatus>(await StatusAsync(test)).Failure!;
        Assert.Equal(
            (poison.LastPosition, Lunch, "note.written", "InvalidOperationException"),
            (failure.Position, failure.StreamId, failure.Type, failure.Exception));
        Assert.Equal("InvalidOperationException in Words.Evolve.", failure.Message);
        Assert.DoesNotContain(
            "poison", await test.RowsAsync("select failure from es.projections where failure is not null"));
    }

    [Fact]
    public async Task A_resumed_projection_tries_again_and_a_skipped_event_never_counts()
    {
        await using var test = await Projecting.CreateAsync();
        await test.WriteAsync(Bus, "late");
        await test.WriteAsync(Lunch, "poison");
        await test.WriteAsync(Bus, "late");
        test.Store.Daemon.StartAll();
        await Assert.ThrowsAsync<ProjectionException>(() => test.ProjectedAsync());
        await test.Store.ProjectionControl.ResumeAsync("notes.words", TestStore.Lincoln, TestStore.Ct);
        await Assert.ThrowsAsync<ProjectionException>(() => test.ProjectedAsync());

        Assert.Equal(1, await test.Store.ProjectionControl.SkipAsync("notes.words", TestStore.Lincoln, TestStore.Ct));
        await test.ProjectedAsync();
        Assert.Equal("late 2", await test.RowsAsync("select word, times from notes.words"));
        Assert.Equal(
            $"notes.words@1 2 {Lunch} True",
            await test.RowsAsync("select projection, position, stream_id, skipped from es.dead_letters"));
        Assert.Equal(ProjectionMode.Async, (await StatusAsync(test)).Mode);
        Assert.Equal(0, await test.Store.ProjectionControl.SkipAsync("notes.words", null, TestStore.Ct));
    }

    [Fact]
    public async Task A_projection_of_overviews_goes_on_without_the_event()
    {
        await using var test = await Projecting.CreateAsync(PoisonPolicy.DeadLetter);
        await WriteAsync(test, 30, "late");
        await test.WriteAsync(Lunch, "poison");
        await WriteAsync(test, 30, "late");
        await test.WriteAsync(Lunch, "poison");
        test.Store.Daemon.StartAll();
        await test.ProjectedAsync();

        Assert.Equal("late 60", await test.RowsAsync("select word, times from notes.words"));
        Assert.Equal("31 False\n62 False", await test.RowsAsync(
            "select position, skipped from es.dead_letters where projection = 'notes.words@1' order by position"));
    }

    [Fact]
    public async Task A_stream_is_folded_without_the_event_that_was_put_aside()
    {
        await using var test = await Projecting.CreateAsync(PoisonPolicy.DeadLetter);
        await test.OpenAsync(Bus, "poison", new InquiryAnswered("One."));
        test.Store.Daemon.StartAll();
        await test.ProjectedAsync();
        Assert.Equal("0", await test.RowsAsync("select answers from inquiries.later"));
        await using var session = test.Session();
        session.Events.Append<Inquiry>(Bus, ExpectedVersion.Any, new InquiryAssigned(Lunch));
        await session.SaveChangesAsync(TestStore.Ct);
        await test.ProjectedAsync();
        Assert.Equal("0 3", await test.RowsAsync("select answers, stream_version from inquiries.later_v1"));
        Assert.Equal(1, await test.CountAsync("es.dead_letters"));
    }

    [Fact]
    public async Task What_PostgreSQL_refuses_is_found_by_halving_and_told_without_the_data()
    {
        await using var test = await Projecting.CreateAsync();
        await test.ExecuteAsync("alter table notes.words_v1 add constraint not_lost check (word <> 'lost')");
        await WriteAsync(test, 9, "late");
        await test.WriteAsync(Lunch, "lost");
        await WriteAsync(test, 9, "late");
        test.Store.Daemon.StartAll();
        await Assert.ThrowsAsync<ProjectionException>(() => test.ProjectedAsync());

        Assert.Equal("late 9", await test.RowsAsync("select word, times from notes.words"));
        var failure = (await StatusAsync(test)).Failure!;
        Assert.Equal(
            (10, "PostgreSQL refused it: 23514 words_v1 not_lost."), (failure.Position, failure.Message));
    }

    [Fact]
    public async Task An_event_nobody_can_read_any_more_stops_the_projection()
    {
        await using var test = await Projecting.CreateAsync();
        await test.WriteAsync(Bus, "late");
        await test.ExecuteAsync("select es.append(1::smallint, array[gen_random_uuid()], array['note'], array[0], "
            + "array[1], array[false], array[1], array[1], array[gen_random_uuid()], array['note.written'], "
            + "array[1::smallint], array['{\"text\": 7}'::jsonb], null, null, null)");
        test.Store.Daemon.StartAll();
        await Assert.ThrowsAsync<ProjectionException>(() => test.ProjectedAsync());
        Assert.Equal("The JSON does not fit at $.text.", (await StatusAsync(test)).Failure!.Message);
    }

    [Fact]
    public async Task A_person_can_stop_a_projection_and_let_it_go_on()
    {
        await using var test = await Projecting.CreateAsync();
        await test.WriteAsync(Bus, "late");
        test.Store.Daemon.StartAll();
        await test.ProjectedAsync();
        Assert.Equal(1, await test.Store.ProjectionControl.PauseAsync("notes.words", null, TestStore.Ct));
        await test.WriteAsync(Bus, "late");
        await Assert.ThrowsAsync<ProjectionException>(() => test.ProjectedAsync());
        var status = await StatusAsync(test);
        Assert.Equal((ProjectionMode.Paused, 1, 1), (status.Mode, status.Position, status.Lag));

        await test.Store.ProjectionControl.ResumeAsync("notes.words", null, TestStore.Ct);
        await test.ProjectedAsync();
        Assert.Equal("2", await test.RowsAsync("select times from notes.words"));
        var inline = await Assert.ThrowsAsync<ArgumentException>(
            () => test.Store.ProjectionControl.PauseAsync("inquiries.queue", null, TestStore.Ct));
        Assert.Contains("together with the events", inline.Message, StringComparison.Ordinal);
    }

    private static async Task WriteAsync(TestStore test, int times, string text)
    {
        for (var i = 0; i < times; i++)
        {
            await test.WriteAsync(Bus, text);
        }
    }

    private static async Task<ProjectionStatus> StatusAsync(TestStore test) =>
        (await test.Store.ProjectionControl.StatusAsync(TestStore.Ct)).Single(s => s.Name == "notes.words");
}
