using K12Hub.Postgres;
using K12Hub.Testing;

namespace K12Hub.EventStore.Tests;

public sealed class A_restored_cluster_goes_on
{
    private static readonly Guid Bus = new("00000000-0000-0000-0000-0000000000b1");

    private static CancellationToken Ct => TestStore.Ct;

    [Fact]
    public async Task Readers_writers_and_messages_go_on_where_they_were_and_nothing_is_skipped()
    {
        var folder = Directory.CreateTempSubdirectory("k12hub-restored-").FullName;
        await using var test = await TestStore.CreateAsync();
        await test.OpenAsync(Bus, "Bus 12 was late", new InquiryAnswered("Sorry."));
        var command = Guid.CreateVersion7();
        await using (var session = test.Session())
        {
            session.IdentifyCommand(command, """{"ok": true}""");
            session.Outbox.Publish("mail.send", "bus", new { To = "person:7" });
            session.Events.Append<Inquiry>(Bus, 2, new InquiryAnswered("Again."));
            await session.SaveChangesAsync(Ct);
        }

        for (var i = 0; i < 40; i++)
        {
            await test.WriteAsync(Guid.CreateVersion7(), $"{i}", i % 2 == 0 ? TestStore.Lincoln : TestStore.Franklin);
        }

        var seen = await ReadAsync(test.Store, 0, 10);
        await PgDump.DumpAsync(test.ConnectionString, Path.Combine(folder, "evening.dump"), TestStore.Ct);
        await GoOnAsync(folder, command, seen, (await ReadAsync(test.Store, 0, 10_000)).Events[^1].Position);
        Directory.Delete(folder, recursive: true);
    }

    private static async Task GoOnAsync(string folder, Guid command, SettledPage seen, long last)
    {
        await using var cluster = await PrivatePostgres.StartAsync(
            Path.Combine(folder, "cluster"),
            new() { Disposable = true, StopOnSignals = false, SharedBuffersMb = 16 },
            Ct);
        await PgDump.RestoreAsync(cluster.ConnectionString, Path.Combine(folder, "evening.dump"), TestStore.Ct);
        await using var store = DocumentStore.For(o =>
        {
            TestStore.Configure(o, cluster.ConnectionString);
            o.ConnectionString = cluster.ApplicationConnectionString;
        });
        Assert.Empty((await store.ApplySchemaAsync(Ct)).Applied);
        await ContinueAsync(store, command);

        var rest = await ReadAsync(store, seen.SettledTo, 10_000);
        var all = await ReadAsync(store, 0, 10_000);
        Assert.Equal(
            all.Events.Select(e => (e.Position, e.EventId)),
            seen.Events.Concat(rest.Events).Select(e => (e.Position, e.EventId)));
        Assert.Equal(24, all.Events.Count);
        Assert.True(all.Events[^1].Position > last);
    }

    /// <summary>The stream goes on at its version, with its row; the command is known; the message is owed.</summary>
    private static async Task ContinueAsync(DocumentStore store, Guid command)
    {
        await using var repeated = store.LightweightSession(TestStore.Lincoln);
        repeated.IdentifyCommand(command);
        repeated.Events.Append<Inquiry>(Bus, ExpectedVersion.Any, new InquiryAnswered("Again."));
        Assert.Equal("""{"ok": true}""", (await repeated.SaveChangesAsync(Ct)).ResultJson);

        await using var session = store.LightweightSession(TestStore.Lincoln);
        var inquiry = await session.Events.FetchForWriting<Inquiry>(Bus, Ct);
        Assert.Equal((3, 2), (inquiry.CurrentVersion, inquiry.Aggregate!.Answers));
        inquiry.AppendOne(new InquiryAnswered("Third."));
        await session.SaveChangesAsync(Ct);
        await using var rows = store.OwnerDataSource.CreateCommand(
            "select answers || ' ' || (select count(*) from es.outbox where done_at is null) from inquiries.queue");
        Assert.Equal("3 1", await rows.ExecuteScalarAsync(Ct));
    }

    private static Task<SettledPage> ReadAsync(DocumentStore store, long after, int most) =>
        store.Feed.ReadSettledAsync(TestStore.Lincoln, after, most, null, Ct);
}
