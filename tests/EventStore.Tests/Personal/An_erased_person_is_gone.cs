using K12Hub.Testing;

namespace K12Hub.EventStore.Tests;

public sealed class An_erased_person_is_gone
{
    private static readonly Guid Ortiz = FamilyStore.Ortiz;
    private static readonly Guid Okafor = FamilyStore.Okafor;
    private static readonly DistrictId Lincoln = TestStore.Lincoln;

    private static CancellationToken Ct => TestStore.Ct;

    [Fact]
    public async Task Events_rows_and_messages_read_as_empty()
    {
        await using var test = await FamilyStore.CreateAsync();
        await test.RegisterAsync(Ortiz, "Ortiz", more:
            [new FamilyMoved(new(Ortiz), "Ortiz-Reyes"), new FamilyNoted("bus")]);

        var entry = await test.EraseAsync(Ortiz);

        await using var fresh = test.Open(test.ConnectionString);
        foreach (var store in new[] { test.Store, fresh })
        {
            await using var session = store.LightweightSession(Lincoln);
            var events = await session.Events.FetchStreamAsync(Ortiz, ct: Ct);
            Assert.Equal([true, true, false], events.Select(e => e.IsErased));
            Assert.Equal(PersonalDataAttribute.Erased, ((FamilyRegistered)events[0].Data).Name);
            Assert.Equal("Lincoln Elementary", ((FamilyRegistered)events[0].Data).School);
            var family = await session.Events.AggregateStreamAsync<Family>(Ortiz, ct: Ct);
            Assert.Equal((PersonalDataAttribute.Erased, null, 1), (family!.Name, family.Phone, family.Notes));
            Assert.Empty(family.Children);
        }

        Assert.Equal("[erased]|-|{}|1", await test.LinesAsync(
            "select concat_ws('|', name, coalesce(phone, '-'), children, notes) from families.list"));
        Assert.Equal("{}|t|erased", await test.LinesAsync(
            "select concat_ws('|', payload, done_at is not null, error) from es.outbox"));
        var feed = await test.Store.Feed.ReadSettledAsync(Lincoln, 0, 10, null, Ct);
        Assert.Equal(new SubjectErased(Ortiz, "request 17"), feed.Events[^1].Data);
        Assert.Equal("person:reyes", feed.Events[^1].Metadata.Actor);
        Assert.Equal(entry.Id, await test.ScalarAsync<Guid>("select erasure_id from es.erasures"));
    }

    [Fact]
    public async Task A_dump_has_no_trace_of_them_and_everything_of_the_others()
    {
        await using var test = await FamilyStore.CreateAsync();
        await test.RegisterAsync(Ortiz, "Ortiz");
        await test.RegisterAsync(Okafor, "Okafor");
        Assert.Contains(
            "Ben Ortiz", await PgDump.TextAsync(test.ConnectionString, TestStore.Ct), StringComparison.Ordinal);
        var others = await OthersAsync(test);

        await test.EraseAsync(Ortiz);

        var dump = await PgDump.TextAsync(test.ConnectionString, TestStore.Ct);
        Assert.DoesNotContain("Ortiz", dump, StringComparison.Ordinal);
        Assert.Contains("Ben Okafor", dump, StringComparison.Ordinal);
        Assert.Equal(others, await OthersAsync(test));
        await using var session = test.Store.LightweightSession(Lincoln);
        Assert.Equal("Okafor", (await session.Events.AggregateStreamAsync<Family>(Okafor, ct: Ct))!.Name);
    }

    [Fact]
    public async Task Nothing_more_is_stored_about_them_not_even_by_a_node_that_still_has_the_key()
    {
        await using var test = await FamilyStore.CreateAsync();
        await using var other = test.Open(test.ConnectionString);
        await test.RegisterAsync(Ortiz, "Ortiz", other);
        await test.EraseAsync(Ortiz);

        foreach (var store in new[] { other, test.Store })
        {
            await using var session = store.LightweightSession(Lincoln);
            session.Events.Append<Family>(Guid.CreateVersion7(), 0, FamilyStore.Registered(Ortiz, "Ortiz"));
            var refused = await Assert.ThrowsAsync<SubjectErasedException>(() => session.SaveChangesAsync(Ct));
            Assert.Equal(Ortiz, refused.Subject);
            await using var second = store.LightweightSession(Lincoln);
            second.Outbox.Publish("mail.send", "later", new Letter(Ortiz, "Dear Ortiz", "news"));
            await Assert.ThrowsAsync<SubjectErasedException>(() => second.SaveChangesAsync(Ct));
        }

        Assert.Equal([Ortiz], await test.Store.Erasure.FindErasedAsync(Lincoln, [Ortiz, Okafor], Ct));
    }

    [Fact]
    public async Task A_bulk_append_about_them_is_refused_also_when_they_were_erased_in_the_middle()
    {
        await using var test = await FamilyStore.CreateAsync();
        await test.RegisterAsync(Ortiz, "Ortiz");
        await using var connection = await test.Store.OwnerDataSource.OpenConnectionAsync(Ct);
        await using (await connection.BeginTransactionAsync(Ct))
        {
            await Assert.ThrowsAsync<ConcurrencyException>(() => test.Store.BulkAppend.AppendAsync(
                connection, Lincoln, Thousands(test), EventMetadata.None, Ct));
        }

        await using (await connection.BeginTransactionAsync(Ct))
        {
            await Assert.ThrowsAsync<SubjectErasedException>(() => test.Store.BulkAppend.AppendAsync(
                connection, Lincoln, Thousands(null), EventMetadata.None, Ct));
        }

        static async IAsyncEnumerable<BulkEvent> Thousands(FamilyStore? test)
        {
            for (var i = 0; i < 5_000; i++) // Until the first keys are fetched.
            {
                yield return new(Ortiz, "family", new FamilyMoved(new(Ortiz), $"Ortiz {i}"));
            }

            if (test is not null)
            {
                await test.EraseAsync(Ortiz);
            }
        }
    }

    [Fact]
    public async Task A_unit_that_had_loaded_them_before_cannot_bring_their_row_back()
    {
        await using var test = await FamilyStore.CreateAsync();
        await test.RegisterAsync(Ortiz, "Ortiz");
        await using var other = test.Open(test.ConnectionString);
        await using var session = other.LightweightSession(Lincoln);
        var family = await session.Events.FetchForWriting<Family>(Ortiz, Ct);
        Assert.Equal("Ortiz", family.Aggregate!.Name);
        await test.EraseAsync(Ortiz);

        family.AppendOne(new FamilyNoted("bus"));
        await Assert.ThrowsAsync<ConcurrencyException>(() => session.SaveChangesAsync(Ct));

        await using var again = other.LightweightSession(Lincoln);
        (await again.Events.FetchForWriting<Family>(Ortiz, Ct)).AppendOne(new FamilyNoted("bus"));
        await again.SaveChangesAsync(Ct);
        Assert.Equal("[erased] 1", await test.LinesAsync("select concat_ws(' ', name, notes) from families.list"));
    }

    [Fact]
    public async Task Erasures_among_writers_leave_nothing_behind()
    {
        await using var test = await FamilyStore.CreateAsync();
        await using var other = test.Open(test.ConnectionString);
        var families = Enumerable.Range(0, 12).Select(_ => Guid.CreateVersion7()).ToList();
        var writers = new[] { test.Store, other }.SelectMany(store => families.Select(id => WriteAsync(store, id)));
        test.Store.Daemon.StartAll();
        other.Daemon.StartAll();
        using var done = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        List<string> projections = ["families.cards", "families.names", "families.list"];
        var rebuilds = projections.ConvertAll(name => RebuildAsync(other, name, done.Token));
        await Task.WhenAll([.. writers, .. families.Select(id => EraseSoonAsync(test, id))]);
        await done.CancelAsync();
        await Task.WhenAll(rebuilds);
        var last = await test.ScalarAsync<long>("select max(position) from es.events");
        await test.Store.WaitForNonStaleDataAsync(Lincoln, last, TimeSpan.FromMinutes(2), Ct);

        Assert.Equal(12, await test.ScalarAsync<long>("select count(*) from families.names where name = '[erased]'"));
        Assert.Equal(12, await test.ScalarAsync<long>("select count(*) from families.cards where name = '[erased]'"));
        Assert.DoesNotContain(
            "Ortiz", await PgDump.TextAsync(test.ConnectionString, TestStore.Ct), StringComparison.Ordinal);
        Assert.Equal(12, await test.ScalarAsync<long>("select count(*) from es.erasures"));
    }

    [Fact]
    public async Task Tables_of_other_versions_keep_nothing_either()
    {
        await using var test = await FamilyStore.CreateAsync();
        await test.RegisterAsync(Ortiz, "Ortiz");
        await test.ExecuteAsync(
            "create table families.list_v0 as select tenant_id, id, name as old_name from families.list; "
            + "create table families.list_v2 as select *, name || '!' as loud from families.list; "
            + "select es.admit('k12hub_app')");
        await test.EraseAsync(Ortiz);
        Assert.Equal("", await test.LinesAsync("select old_name from families.list_v0"));
        Assert.Equal("[erased]", await test.LinesAsync("select name from families.list_v2"));
    }

    [Fact]
    public async Task Erasing_twice_and_somebody_nobody_knew_is_no_error()
    {
        await using var test = await FamilyStore.CreateAsync();
        await test.EraseAsync(Ortiz);
        await test.EraseAsync(Ortiz);
        await Assert.ThrowsAsync<SubjectErasedException>(() => test.RegisterAsync(Ortiz, "Ortiz"));
        Assert.Equal(2, await test.ScalarAsync<long>("select count(*) from es.erasures"));
    }

    /// <summary>Writes until the family is gone.</summary>
    private static async Task WriteAsync(DocumentStore store, Guid id)
    {
        for (var i = 0; i < 5_000; i++) // Until the first keys are fetched.
        {
            await using var session = store.LightweightSession(Lincoln);
            var family = await session.Events.FetchForWriting<Family>(id, Ct);
            family.AppendOne(family.Aggregate is null
                ? FamilyStore.Registered(id, "Ortiz")
                : i % 9 == 8 ? new FamilyMoved(new(id), $"Ortiz {i}") : new FamilyNoted("bus"));
            try
            {
                await session.SaveChangesAsync(Ct);
            }
            catch (ConcurrencyException)
            {
                // Another node was faster, or the family is gone.
            }
            catch (SubjectErasedException)
            {
                return;
            }
        }

        Assert.Fail("The family was not erased.");
    }

    /// <summary>Rebuilds again and again.</summary>
    private static async Task RebuildAsync(DocumentStore store, string projection, CancellationToken stop)
    {
        try
        {
            while (true)
            {
                await store.RebuildProjectionAsync(projection, null, stop);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // All was written.
        }
    }

    /// <summary>Erases once something was written about them.</summary>
    private static async Task EraseSoonAsync(FamilyStore test, Guid id)
    {
        var version = $"select coalesce(max(version), 0) from es.streams where stream_id = '{id}'";
        while (await test.ScalarAsync<int>(version) < 3)
        {
            await Task.Delay(5, Ct);
        }

        await test.EraseAsync(id);
    }

    private static Task<string> OthersAsync(FamilyStore test) => test.LinesAsync(
        $"""
        select e::text from es.events e where stream_id = '{Okafor}'
        union all select r::text from families.list r where id = '{Okafor}'
        union all select o::text from es.outbox o where dedupe_key like '%{Okafor}'
        union all select k::text from es.subject_keys k where subject_id = '{Okafor}'
        """);
}
