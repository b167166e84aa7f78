using K12Hub.EventStore.Tests.Projections;
using K12Hub.Postgres;
using K12Hub.Testing;

namespace K12Hub.EventStore.Tests;

public sealed class Restored_projections_go_on
{
    private static readonly Guid Bus = new("00000000-0000-0000-0000-0000000000b1");

    private static CancellationToken Ct => TestStore.Ct;

    [Fact]
    public async Task Behind_their_checkpoints_with_no_event_skipped_and_none_counted_twice()
    {
        var folder = Directory.CreateTempSubdirectory("k12hub-restored-").FullName;
        await using (var test = await TestStore.CreateAsync(Add))
        {
            await test.WriteAsync(Bus, "late late");
            test.Store.Daemon.StartAll();
            await test.ProjectedAsync();
            await test.Store.Daemon.StopAllAsync();

            // Of this the dump knows the events and not yet the rows; and one projection has stopped.
            await test.WriteAsync(Bus, "late bus");
            await test.Store.ProjectionControl.PauseAsync("notes.seen", TestStore.Lincoln, Ct);
            await PgDump.DumpAsync(test.ConnectionString, Path.Combine(folder, "evening.dump"), Ct);
        }

        await using (var cluster = await PrivatePostgres.StartAsync(
            Path.Combine(folder, "cluster"),
            new() { Disposable = true, StopOnSignals = false, SharedBuffersMb = 16 },
            Ct))
        {
            await PgDump.RestoreAsync(cluster.ConnectionString, Path.Combine(folder, "evening.dump"), Ct);
            await GoOnAsync(cluster);
        }

        Directory.Delete(folder, recursive: true);
    }

    private static async Task GoOnAsync(PrivatePostgres cluster)
    {
        await using var store = DocumentStore.For(options =>
        {
            TestStore.Configure(options, cluster.ConnectionString);
            options.ConnectionString = cluster.ApplicationConnectionString;
            Add(options);
        });
        Assert.Empty((await store.ApplySchemaAsync(Ct)).Applied);
        await using (var session = store.LightweightSession(TestStore.Lincoln))
        {
            session.Events.Append<Note>(Bus, ExpectedVersion.Any, new NoteWritten("late"));
            await session.SaveChangesAsync(Ct);
        }

        store.Daemon.StartAll();
        var stopped = await Assert.ThrowsAsync<ProjectionException>(() => ProjectedAsync(store));
        Assert.Contains("notes.seen", stopped.Message, StringComparison.Ordinal);
        Assert.Equal(1, await store.ProjectionControl.ResumeAsync("notes.seen", null, Ct));
        await ProjectedAsync(store);

        // Each event once: a word of an event counts once, however often it stands there.
        await using var rows = store.OwnerDataSource.CreateCommand(
            """
            select concat_ws(' ', (select times from notes.words where word = 'late'),
              (select times from notes.words where word = 'bus'), (select times from notes.tally),
              (select count(*) from notes.seen))
            """);
        Assert.Equal("3 1 3 3", await rows.ExecuteScalarAsync(Ct));
    }

    private static void Add(StoreOptions options)
    {
        Projecting.Add(options);
        Tally.Add(options);
    }

    private static Task ProjectedAsync(DocumentStore store) =>
        store.WaitForNonStaleDataAsync(TestStore.Lincoln, null, TimeSpan.FromSeconds(60), Ct);
}
