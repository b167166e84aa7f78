using Npgsql;

namespace K12Hub.EventStore.Faults;

/// <summary>Writes in transactions of its own that commit late, roll back to a savepoint or altogether, or end their
/// own session; what no session of the product does, but a reader must bear.</summary>
internal sealed class LateWriter(DocumentStore store, Random random)
{
    private static readonly TimeSpan AfterFailure = TimeSpan.FromMilliseconds(30);

    public async Task RunAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await using var connection = await store.OwnerDataSource.OpenConnectionAsync(CancellationToken.None);
                while (!stop.IsCancellationRequested)
                {
                    await Breath.TakeAsync();
                    await UnitAsync(connection);
                }
            }
            catch (Exception failure) when (failure is NpgsqlException or IOException or TimeoutException)
            {
                await Task.Delay(AfterFailure, CancellationToken.None);
            }
        }
    }

    private async Task UnitAsync(NpgsqlConnection connection)
    {
        await using var transaction = await connection.BeginTransactionAsync();
        await AppendAsync(connection, Stream(), random.Next(1, 4));
        switch (random.Next(20))
        {
            case 0:
                await transaction.RollbackAsync();
                return;
            case 1:
                await RunAsync(connection, "select pg_terminate_backend(pg_backend_pid())");
                return;
            case 2:
                await transaction.SaveAsync("here");
                await AppendAsync(connection, Ids.Next(random), 2);
                await transaction.RollbackAsync("here");
                await AppendAsync(connection, Ids.Next(random), 1);
                break;
            case 3 or 4:
                await Task.Delay(random.Next(1, 150));
                break;
        }

        await transaction.CommitAsync();
    }

    /// <summary>Appends without a session.</summary>
    public static async Task AppendAsync(NpgsqlConnection connection, Guid stream, int count)
    {
        await using var command = new NpgsqlCommand(
            """
            select es.append(1::smallint, array[$1], array['late'], array[-1], array[$2], array[false],
              array_fill(1, array[$2]), array(select generate_series(1, $2)),
              array(select gen_random_uuid() from generate_series(1, $2)),
              array_fill('ledger.line_posted'::text, array[$2]), array_fill(1::smallint, array[$2]),
              array_fill('{"command":"00000000-0000-0000-0000-000000000000","of":0}'::jsonb, array[$2]),
              null, null, null)
            """,
            connection) { Parameters = { new() { Value = stream }, new() { Value = count } } };
        await command.ExecuteNonQueryAsync();
    }

    private static async Task RunAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    // Mostly streams of its own, so that a slow unit does not hold up all others.
    private Guid Stream() => random.Next(4) == 0 ? new Guid(random.Next(3), 2, 0, new byte[8]) : Ids.Next(random);
}
