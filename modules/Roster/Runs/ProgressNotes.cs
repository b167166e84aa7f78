using System.Globalization;
using K12Hub.EventStore;
using Npgsql;

namespace K12Hub.Roster;

/// <summary>Writes down every second how far a run is, for whoever watches, on whatever node. Over a connection of its
/// own: what the run does is not seen before it ends.</summary>
internal sealed class ProgressNotes : IProgress<ImportProgress>, IAsyncDisposable
{
    private const int LimitSeconds = 5;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly DocumentStore store;
    private readonly DistrictId district;
    private readonly TimeProvider time;
    private readonly IProgress<ImportProgress>? also;
    private readonly string source;
    private readonly DateTimeOffset startedAt;
    private readonly CancellationTokenSource ended = new();
    private readonly Task writing;
    private volatile ImportProgress latest = new(ImportStep.Reading);

    private ProgressNotes(
        DocumentStore store, DistrictId district, string source, TimeProvider time, IProgress<ImportProgress>? also)
    {
        (this.store, this.district, this.source, this.time, this.also) = (store, district, source, time, also);
        startedAt = time.GetUtcNow();
        writing = WriteAsync();
    }

    /// <param name="store">Where to write.</param>
    /// <param name="district">Whose roster it is.</param>
    /// <param name="source">Key of the source.</param>
    /// <param name="time">The clock.</param>
    /// <param name="also">Who else is told; null for nobody.</param>
    public static ProgressNotes Begin(
        DocumentStore store, DistrictId district, string source, TimeProvider time, IProgress<ImportProgress>? also) =>
        new(store, district, source, time, also);

    /// <inheritdoc/>
    public void Report(ImportProgress value)
    {
        latest = value;
        also?.Report(value);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await ended.CancelAsync();
        await writing;
        await TryAsync(connection => connection.Statement(
            $"delete from {RosterTables.ProgressRows} where tenant_id = $1 and source = $2", district.Value, source));
        ended.Dispose();
    }

    private async Task WriteAsync()
    {
        await Task.Yield();
        while (!ended.IsCancellationRequested)
        {
            await TryAsync(Upsert);
            await Task.Delay(Pause, time, ended.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>A note that cannot be written is no reason to stop a run: that will find out by itself what is the
    /// matter, and the next note comes in a second.</summary>
    private async Task TryAsync(Func<NpgsqlConnection, NpgsqlCommand> statement)
    {
        try
        {
            await using var connection = await store.OwnerDataSource.OpenConnectionAsync(CancellationToken.None);
            await using var command = statement(connection);
            command.CommandTimeout = LimitSeconds;
            await command.ExecuteNonQueryAsync(CancellationToken.None);
        }
        catch (NpgsqlException)
        {
            return;
        }
    }

    private NpgsqlCommand Upsert(NpgsqlConnection connection)
    {
        var now = latest;
        int? percent = now.BytesTotal is > 0 and var total ? (int)Math.Min(100, 100.0 * now.BytesRead / total) : null;
        return connection.Statement(
            SqlFile.Fill("progress", ("table", RosterTables.ProgressRows)), district.Value, source,
            now.Step.ToString().ToLower(CultureInfo.InvariantCulture), (object?)now.Collection ?? DBNull.Value,
            (int)Math.Min(int.MaxValue, now.Rows), (object?)percent ?? DBNull.Value, startedAt, time.GetUtcNow());
    }
}
