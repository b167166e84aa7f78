using System.Diagnostics;
using Npgsql;

namespace K12Hub.EventStore.Tests;

/// <summary>Twelve writers on few streams. Some units commit late, some roll back to a savepoint or altogether, some
/// are killed in the middle; strangers hold transactions open beside them.</summary>
internal sealed class LateWriters(TestStore test)
{
    private const int Writers = 12;

    private static readonly int Seed = int.Parse(
        Environment.GetEnvironmentVariable("K12HUB_SEED") ?? Random.Shared.Next().ToString(null, null), null);

    public bool IsOver { get; private set; }

    public async Task RunAsync(TimeSpan duration)
    {
        TestContext.Current.TestOutputHelper?.WriteLine($"K12HUB_SEED={Seed}");
        var end = Stopwatch.GetTimestamp() + (long)(duration.TotalSeconds * Stopwatch.Frequency);
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(i => WriteAsync(new Random(Seed + i), end))
            .Append(ReadForLongAsync(end)));
        IsOver = true;
    }

    public static async Task AppendAsync(NpgsqlConnection connection, Guid stream, int count, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand(
            """
            select es.append(1::smallint, array[$1], array['note'], array[-1], array[$2], array[false],
              array_fill(1, array[$2]), array(select generate_series(1, $2)),
              array(select gen_random_uuid() from generate_series(1, $2)), array_fill('note.written'::text, array[$2]),
              array_fill(1::smallint, array[$2]), array_fill('{"text":"late"}'::jsonb, array[$2]), null, null, null)
            """,
            connection) { Parameters = { new() { Value = stream }, new() { Value = count } } };
        await command.ExecuteNonQueryAsync(ct);
    }

    private async Task WriteAsync(Random random, long end)
    {
        while (Stopwatch.GetTimestamp() < end)
        {
            try
            {
                await using var connection = await test.Store.OwnerDataSource.OpenConnectionAsync(TestStore.Ct);
                while (Stopwatch.GetTimestamp() < end)
                {
                    await using var transaction = await connection.BeginTransactionAsync(TestStore.Ct);
                    await UnitAsync(connection, transaction, random);
                }
            }
            catch (PostgresException killed) when (killed.SqlState is "57P01" or "40P01")
            {
                // Its own doing.
                continue;
            }
        }
    }

    private static async Task UnitAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, Random random)
    {
        await AppendAsync(connection, Stream(random), random.Next(1, 4), TestStore.Ct);
        switch (random.Next(20))
        {
            case 0:
                await transaction.RollbackAsync(TestStore.Ct);
                return;
            case 1:
                await using (var die = new NpgsqlCommand("select pg_terminate_backend(pg_backend_pid())", connection))
                {
                    await die.ExecuteNonQueryAsync(TestStore.Ct);
                }

                return;
            case 2:
                await transaction.SaveAsync("here", TestStore.Ct);
                await AppendAsync(connection, Guid.CreateVersion7(), 2, TestStore.Ct);
                await transaction.RollbackAsync("here", TestStore.Ct);
                await AppendAsync(connection, Guid.CreateVersion7(), 1, TestStore.Ct);
                break;
            case 3 or 4:
                await Task.Delay(random.Next(1, 120), TestStore.Ct);
                break;
        }

        await transaction.CommitAsync(TestStore.Ct);
    }

    /// <summary>Somebody else's long transaction must make no difference.</summary>
    private async Task ReadForLongAsync(long end)
    {
        while (Stopwatch.GetTimestamp() < end)
        {
            await test.ExecuteAsync("begin; select count(*) from es.events; select pg_sleep(0.7); commit");
        }
    }

    /// <summary>Mostly streams of its own, so that a slow unit does not queue all others behind it.</summary>
    private static Guid Stream(Random random) =>
        random.Next(4) == 0 ? new Guid(random.Next(3), 9, 0, new byte[8]) : Guid.CreateVersion7();
}
