using System.Diagnostics;
using K12Hub.Postgres;
using Npgsql;

namespace K12Hub.EventStore.Tests;

/// <summary>When PostgreSQL has no room left, what is appended fails and nothing of it is there; with room it goes
/// on.</summary>
public sealed class A_full_disk_is_survived
{
    private const int Megabyte = 1024 * 1024;

    private static readonly PrivatePostgresOptions Server = new()
    {
        StopOnSignals = false,
        SharedBuffersMb = 16,
        ServerSettings = new Dictionary<string, string>
        {
            ["max_wal_size"] = "32MB", ["min_wal_size"] = "32MB", ["autovacuum"] = "off",
        },
    };

    private static CancellationToken Ct => TestStore.Ct;

    [Fact]
    public async Task What_was_acknowledged_is_there_and_what_failed_is_not_and_with_room_it_goes_on()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess, "Mounting a disk needs root.");
        var disk = Directory.CreateTempSubdirectory("k12hub-full-").FullName;
        Assert.SkipUnless(
            await RunAsync("mount", "-t", "tmpfs", "-o", "size=200m,mode=0755", "tmpfs", disk),
            "This machine lets nobody mount a disk.");
        try
        {
            var ballast = Path.Combine(disk, "ballast");
            await File.WriteAllBytesAsync(ballast, new byte[60 * Megabyte], Ct);
            var acknowledged = await FillAsync(Path.Combine(disk, "cluster"));
            File.Delete(ballast);
            await GoOnAsync(Path.Combine(disk, "cluster"), acknowledged);
        }
        finally
        {
            // Whoever held a file of it a moment ago holds it as long as it likes; nobody finds it any more.
            await RunAsync("umount", "--lazy", disk);
            Directory.Delete(disk);
        }
    }

    /// <returns>How many units were stored before one failed.</returns>
    private static async Task<int> FillAsync(string folder)
    {
        await using var cluster = await PrivatePostgres.StartAsync(folder, Server, Ct);
        await using var store = Open(cluster);
        await store.ApplySchemaAsync(Ct);
        for (var unit = 0; ; unit++)
        {
            try
            {
                await AppendAsync(store, unit);
            }
            catch (NpgsqlException)
            {
                return unit;
            }
        }
    }

    private static async Task GoOnAsync(string folder, int acknowledged)
    {
        await using var cluster = await PrivatePostgres.StartAsync(folder, Server, Ct);
        await using var store = Open(cluster);
        await store.ApplySchemaAsync(Ct);
        Assert.InRange(acknowledged, 10, 10_000);
        var units = await ScalarAsync(store, "select count(distinct stream_id) from es.events");

        // Whether the one that failed was stored is not known when the server ended under its commit.
        Assert.InRange(units, acknowledged, acknowledged + 1);
        Assert.Equal(2 * units, await ScalarAsync(store, "select count(*) from es.events"));
        Assert.Equal(units, await ScalarAsync(store, "select count(*) from es.outbox"));

        await AppendAsync(store, acknowledged + 1);
        var page = await store.Feed.ReadSettledAsync(TestStore.Lincoln, 0, 10_000, null, Ct);
        Assert.Equal(2 * (units + 1), page.Events.Count);
    }

    private static async Task<long> ScalarAsync(DocumentStore store, string sql)
    {
        await using var ask = store.OwnerDataSource.CreateCommand(sql);
        return (long)(await ask.ExecuteScalarAsync(Ct))!;
    }

    /// <summary>About half a megabyte that cannot be compressed.</summary>
    private static async Task AppendAsync(DocumentStore store, int unit)
    {
        var text = new byte[200_000];
        new Random(unit).NextBytes(text);
        var note = new NoteWritten(Convert.ToBase64String(text));
        await using var session = store.LightweightSession(TestStore.Lincoln);
        session.Events.Append<Note>(new Guid(unit, 1, 0, new byte[8]), ExpectedVersion.Any, note, note);
        session.Outbox.Publish("mail.send", $"{unit}", new { unit });
        await session.SaveChangesAsync(Ct);
    }

    private static DocumentStore Open(PrivatePostgres cluster) => DocumentStore.For(options =>
    {
        TestStore.Configure(options, cluster.ConnectionString);
        options.ConnectionString = cluster.ApplicationConnectionString;
    });

    private static async Task<bool> RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(program, arguments);
        await process.WaitForExitAsync(CancellationToken.None);
        return process.ExitCode == 0;
    }
}
