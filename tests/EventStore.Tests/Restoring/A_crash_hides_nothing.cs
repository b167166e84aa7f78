using K12Hub.Postgres;
using K12Hub.Testing;
using Npgsql;

namespace K12Hub.EventStore.Tests;

/// <summary>PostgreSQL hands positions out before they are safe on disk: those that nobody committed are handed out
/// once more after a crash.</summary>
public sealed class A_crash_hides_nothing
{
    // More than PostgreSQL notes ahead of a sequence (32), so that handing them out is something a crash can undo.
    private const int RolledBack = 100;

    private static readonly PrivatePostgresOptions Server = new()
    {
        StopOnSignals = false,
        SharedBuffersMb = 16,
        ServerSettings = new Dictionary<string, string> { ["wal_writer_delay"] = "10s", ["autovacuum"] = "off" },
    };

    private static CancellationToken Ct => TestStore.Ct;

    [Theory]
    [InlineData(null)]
    [InlineData("note.written")]
    public async Task A_reader_who_keeps_its_own_place_sees_what_comes_after_a_crash(string? type)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Signals.");
        var folder = Directory.CreateTempSubdirectory("k12hub-crashed-").FullName;
        var types = type is null ? null : new[] { type };
        await using (var cluster = await PrivatePostgres.StartAsync(Path.Combine(folder, "cluster"), Server, Ct))
        {
            long place;
            await using (var store = Open(cluster))
            {
                await store.ApplySchemaAsync(Ct);
                await WriteAsync(store, "before");
                await RollBackAsync(store);
                place = (await store.Feed.ReadSettledAsync(TestStore.Lincoln, 0, 10, types, Ct)).SettledTo;
                Assert.Equal(place, await store.Feed.SettledAsync(TestStore.Lincoln, Ct));
            }

            await ServerCrash.KillAsync(cluster.ConnectionString, all: true, Ct);
            await using var again = await PrivatePostgres.StartAsync(Path.Combine(folder, "cluster"), Server, Ct);
            await using var after = Open(again);
            await WriteAsync(after, "after");

            var page = await after.Feed.ReadSettledAsync(TestStore.Lincoln, place, 10, types, Ct);
            Assert.Equal("after", Assert.IsType<NoteWritten>(Assert.Single(page.Events).Data).Text);
        }

        Directory.Delete(folder, recursive: true);
    }

    private static DocumentStore Open(PrivatePostgres cluster) => DocumentStore.For(options =>
    {
        TestStore.Configure(options, cluster.ConnectionString);
        options.ConnectionString = cluster.ApplicationConnectionString;
    });

    private static async Task WriteAsync(DocumentStore store, string text)
    {
        await using var session = store.LightweightSession(TestStore.Lincoln);
        session.Events.Append<Note>(Guid.CreateVersion7(), ExpectedVersion.Any, new NoteWritten(text));
        await session.SaveChangesAsync(Ct);
    }

    /// <summary>A writer draws positions and gives up, so quietly that nothing of it is written to disk.</summary>
    private static async Task RollBackAsync(DocumentStore store)
    {
        await using var connection = await store.OwnerDataSource.OpenConnectionAsync(Ct);
        await using var transaction = await connection.BeginTransactionAsync(Ct);
        await using var draw = new NpgsqlCommand(
            $"select es.enter(1::smallint); select nextval('es.position_seq') from generate_series(1, {RolledBack})",
            connection);
        await draw.ExecuteNonQueryAsync(Ct);
        await transaction.RollbackAsync(Ct);
    }
}
