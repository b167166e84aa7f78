using System.Globalization;
using K12Hub.Contracts;
using K12Hub.EventStore;
using Npgsql;

namespace K12Hub.Roster;

/// <summary>Whose turn it is to ask a source: one at a time, on whatever node, so that nobody pulls the same pages
/// twice at once. It ends with the connection.</summary>
internal sealed class SourceTurn : IAsyncDisposable
{
    private const int LockNumber = 20125;

    private readonly NpgsqlConnection connection;

    private SourceTurn(NpgsqlConnection connection) => this.connection = connection;

    /// <summary>What is said to who has to wait.</summary>
    public static RosterFinding Busy { get; } = new(FindingEffect.RunRejected, "run.busy",
        "Another import of this source is going on. Wait until it has ended, then try again.");

    /// <returns>Null when it is somebody else's.</returns>
    public static async Task<SourceTurn?> TryTakeAsync(
        DocumentStore store, DistrictId district, string source, CancellationToken ct)
    {
        var connection = await store.OwnerDataSource.OpenConnectionAsync(ct);
        await using var command = connection.Statement(
            "select pg_try_advisory_lock($1, hashtext($2))", LockNumber,
            string.Create(CultureInfo.InvariantCulture, $"{district.Value} {source}"));
        if (await command.ExecuteScalarAsync(ct) is true) return new(connection);

        await connection.DisposeAsync();
        return null;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (connection.FullState.HasFlag(System.Data.ConnectionState.Open))
        {
            await connection.RunAsync("select pg_advisory_unlock_all()", CancellationToken.None);
        }

        await connection.DisposeAsync();
    }
}
