using Npgsql;

namespace K12Hub.EventStore.Faults;

/// <summary>Others on the same server, whose transactions take long and must make no difference: one that reads, one
/// that stands idle after a write elsewhere, one in another database.</summary>
internal static class Strangers
{
    private const string Write =
        "create table if not exists strange (n int); begin; insert into strange values (1)";

    private static readonly TimeSpan AfterFailure = TimeSpan.FromMilliseconds(200);

    public static Task RunAsync(string database, CancellationToken over) => Task.WhenAll(
        RepeatAsync(database, "begin; select count(*) from es.events; select pg_sleep(1.5); commit", over),
        RepeatAsync(database,
            $"{Write}; select pg_sleep(3); commit",
            over),
        RepeatAsync(
            new NpgsqlConnectionStringBuilder(database) { Database = "postgres" }.ConnectionString,
            $"{Write}; select pg_sleep(5); commit",
            over));

    private static async Task RepeatAsync(string database, string sql, CancellationToken over)
    {
        while (!over.IsCancellationRequested)
        {
            try
            {
                await using var connection = new NpgsqlConnection(database);
                await connection.OpenAsync(over);
                await using var command = new NpgsqlCommand(sql, connection);
                await command.ExecuteNonQueryAsync(over);
            }
            catch (OperationCanceledException) when (over.IsCancellationRequested)
            {
                return;
            }
            catch (Exception down) when (down is NpgsqlException or IOException or TimeoutException)
            {
                // Thrown out with everybody else when the server crashed.
                await Task.Delay(AfterFailure, CancellationToken.None);
            }
        }
    }
}
