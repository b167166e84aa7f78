using System.Security.Cryptography;

namespace K12Hub.EventStore.Tests;

public sealed class Personal_data_is_stored_sealed
{
    private static readonly Guid Ortiz = FamilyStore.Ortiz;
    private static readonly Guid Okafor = FamilyStore.Okafor;
    private static readonly DistrictId Lincoln = TestStore.Lincoln;

    private static CancellationToken Ct => TestStore.Ct;

    [Fact]
    public async Task Marked_values_are_sealed_in_the_log_and_plain_to_readers()
    {
        await using var test = await FamilyStore.CreateAsync();
        await test.RegisterAsync(Ortiz, "Ortiz", more: [new FamilyMoved(new(Ortiz), "Ortiz-Reyes")]);

        var log = await test.LinesAsync("select data::text from es.events order by position");
        Assert.DoesNotContain("Ortiz", log, StringComparison.Ordinal);
        Assert.DoesNotContain("555", log, StringComparison.Ordinal);
        Assert.Contains("Lincoln Elementary", log, StringComparison.Ordinal);
        await using var fresh = test.Open(test.ConnectionString);
        foreach (var store in new[] { test.Store, fresh })
        {
            await using var session = store.LightweightSession(Lincoln);
            var family = await session.Events.AggregateStreamAsync<Family>(Ortiz, ct: Ct);
            Assert.Equal(("Ortiz-Reyes", "555-0101"), (family!.Name, family.Phone));
            Assert.Equal(["Ben Ortiz", "Carla Ortiz"], family.Children);
            var feed = await store.Feed.ReadSettledAsync(Lincoln, 0, 10, null, Ct);
            Assert.Equal("Ortiz", ((FamilyRegistered)feed.Events[0].Data).Name);
            Assert.DoesNotContain(feed.Events, e => e.IsErased);
        }
    }

    [Fact]
    public async Task Equal_values_do_not_look_equal()
    {
        await using var test = await FamilyStore.CreateAsync();
        await test.RegisterAsync(Ortiz, "Ortiz", more: [new FamilyMoved(new(Ortiz), "Ortiz")]);
        Assert.Equal(2, await test.ScalarAsync<long>("select count(distinct data ->> 'name') from es.events"));
    }

    [Theory]
    [InlineData("stream_id", "'00000000-0000-0000-0000-0000000000a2'::uuid", null)]
    [InlineData("type", "'family.moved'", null)]
    [InlineData("data", "jsonb_set(data, '{phone}', data -> 'name')", null)]
    [InlineData("tenant_id", "2::smallint",
        "insert into es.subject_keys select 2, subject_id, ring_key_id, wrapped_key from es.subject_keys")]
    public async Task A_value_that_was_moved_elsewhere_does_not_open(string column, string other, string? before)
    {
        await using var test = await FamilyStore.CreateAsync();
        await test.RegisterAsync(Ortiz, "Ortiz");
        if (before is not null)
        {
            await test.ExecuteAsync(before);
            CopyDirectory(Path.Combine(test.Folder, "ring", "1"), Path.Combine(test.Folder, "ring", "2"));
        }

        var columns = new Dictionary<string, string>
        {
            ["tenant_id"] = "tenant_id", ["stream_id"] = "stream_id", ["type"] = "type", ["data"] = "data",
        };
        columns[column] = other;
        await test.ExecuteAsync(
            $"insert into es.events (version, event_id, schema, {string.Join(", ", columns.Keys)}) "
            + $"select version + 1, event_id, schema, {string.Join(", ", columns.Values)} from es.events");
        var tenant = column == "tenant_id" ? new DistrictId(2) : Lincoln;
        var stream = column == "stream_id" ? Okafor : Ortiz;
        await using var session = test.Store.LightweightSession(tenant);
        await Assert.ThrowsAnyAsync<CryptographicException>(() => session.Events.FetchStreamAsync(stream, ct: Ct));
    }

    [Fact]
    public async Task A_unit_stays_one_round_trip_whether_its_subject_is_new_or_known()
    {
        await using var test = await FamilyStore.CreateAsync();
        await using var counted = new CountedConnection(test.ConnectionString);
        await using var store = test.Open(counted.ConnectionString);
        await test.RegisterAsync(Guid.CreateVersion7(), "Warm", store); // Connects, and loads the types.

        var before = counted.RoundTrips;
        await test.RegisterAsync(Ortiz, "Ortiz", store);
        Assert.Equal(1, counted.RoundTrips - before);
        await using var session = store.LightweightSession(Lincoln);
        var family = await session.Events.FetchForWriting<Family>(Ortiz, Ct);
        family.AppendOne(new FamilyMoved(new(Ortiz), "Ortiz-Reyes"));
        before = counted.RoundTrips;
        await session.SaveChangesAsync(Ct);
        Assert.Equal(1, counted.RoundTrips - before);
    }

    [Fact]
    public async Task A_node_that_has_not_seen_the_subject_yet_takes_its_key()
    {
        await using var test = await FamilyStore.CreateAsync();
        await test.RegisterAsync(Ortiz, "Ortiz");
        await using var other = test.Open(test.ConnectionString);
        var second = Guid.CreateVersion7();
        await using var session = other.LightweightSession(Lincoln);
        session.Events.StartStream<Family>(second, FamilyStore.Registered(Ortiz, "Ortiz"));
        await session.SaveChangesAsync(Ct);

        Assert.Equal(1, await test.ScalarAsync<long>("select count(*) from es.subject_keys"));
        Assert.Equal("Ortiz", (await session.Events.AggregateStreamAsync<Family>(second, ct: Ct))!.Name);
    }

    [Fact]
    public async Task Units_that_make_the_same_key_at_once_end_with_one()
    {
        await using var test = await FamilyStore.CreateAsync();
        var nodes = Enumerable.Range(0, 4).Select(_ => test.Open(test.ConnectionString)).ToList();
        await Task.WhenAll(nodes.Select(async node =>
        {
            await using var session = node.LightweightSession(Lincoln);
            session.Events.StartStream<Family>(Guid.CreateVersion7(), FamilyStore.Registered(Ortiz, "Ortiz"));
            await session.SaveChangesAsync(Ct);
        }));
        var feed = await test.Store.Feed.ReadSettledAsync(Lincoln, 0, 10, null, Ct);
        Assert.Equal(4, feed.Events.Count(e => e.Data is FamilyRegistered { Name: "Ortiz" }));
        Assert.Equal(1, await test.ScalarAsync<long>("select count(*) from es.subject_keys"));
        nodes.ForEach(node => node.DisposeAsync().AsTask().Wait(Ct));
    }

    [Fact]
    public async Task What_was_written_before_the_mark_is_still_read()
    {
        await using var test = await FamilyStore.CreateAsync();
        await test.RegisterAsync(Ortiz, "Ortiz");
        await test.ExecuteAsync(
            "insert into es.events (tenant_id, stream_id, version, event_id, type, schema, data) select tenant_id, "
            + "stream_id, 2, event_id, 'family.moved', 1, '{\"family\": {\"value\": \"" + Ortiz + "\"}, "
            + "\"name\": \"Plain\"}' from es.events");
        await using var session = test.Store.LightweightSession(Lincoln);
        Assert.Equal("Plain", (await session.Events.AggregateStreamAsync<Family>(Ortiz, ct: Ct))!.Name);
    }

    [Fact]
    public async Task A_bulk_append_seals_what_a_session_would_seal()
    {
        await using var test = await FamilyStore.CreateAsync();
        await test.RegisterAsync(Ortiz, "Ortiz");
        var families = Enumerable.Range(0, 1_500).Select(_ => Guid.CreateVersion7()).ToList();
        await using (var connection = await test.Store.OwnerDataSource.OpenConnectionAsync(Ct))
        await using (var transaction = await connection.BeginTransactionAsync(Ct))
        {
            await test.Store.BulkAppend.AppendAsync(connection, Lincoln, All(), EventMetadata.None, Ct);
            await transaction.CommitAsync(Ct);
        }

        Assert.DoesNotContain(
            "Ortiz", await test.LinesAsync("select data::text from es.events"), StringComparison.Ordinal);
        await using var fresh = test.Open(test.ConnectionString);
        await using var session = fresh.LightweightSession(Lincoln);
        Assert.Equal("Ortiz 1499", (await session.Events.AggregateStreamAsync<Family>(families[^1], ct: Ct))!.Name);
        Assert.Equal("Moved", (await session.Events.AggregateStreamAsync<Family>(Ortiz, ct: Ct))!.Name);
        Assert.Equal(1_501, await test.ScalarAsync<long>("select count(*) from es.subject_keys"));

        async IAsyncEnumerable<BulkEvent> All()
        {
            await Task.Yield();
            yield return new(Ortiz, "family", new FamilyMoved(new(Ortiz), "Moved"));
            foreach (var (i, id) in families.Index())
            {
                yield return new(id, "family", FamilyStore.Registered(id, $"Ortiz {i}"));
                yield return new(id, "family", new FamilyNoted("late"));
            }
        }
    }

    [Fact]
    public async Task Without_the_ring_nothing_opens_and_the_error_says_what_to_restore()
    {
        await using var test = await FamilyStore.CreateAsync();
        await test.RegisterAsync(Ortiz, "Ortiz");
        Directory.Delete(Path.Combine(test.Folder, "ring"), recursive: true);
        await using var other = test.Open(test.ConnectionString);
        await using var session = other.LightweightSession(Lincoln);
        var lost = await Assert.ThrowsAsync<SubjectKeyMissingException>(
            () => session.Events.FetchStreamAsync(Ortiz, ct: Ct));
        Assert.Contains("Restore the ring", lost.Message, StringComparison.Ordinal);

        await test.ExecuteAsync("delete from es.subject_keys");
        lost = await Assert.ThrowsAsync<SubjectKeyMissingException>(
            () => session.Events.FetchStreamAsync(Ortiz, ct: Ct));
        Assert.Contains("Restore es.subject_keys", lost.Message, StringComparison.Ordinal);
    }

    private static void CopyDirectory(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var file in Directory.GetFiles(from))
        {
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
        }
    }
}
