using Npgsql;

namespace K12Hub.EventStore;

/// <summary>Stores the first events of all, no two of which are of one stream, while some are still being made: the
/// order of streams, for which others wait, is of no use where the indexes are made last.</summary>
internal sealed class FirstLoad(TimeProvider time, NpgsqlConnection connection, short district)
{
    /// <summary>Sends events as they are put aside.</summary>
    /// <returns>Null when something has happened before, or there is not much yet; nothing was sent then.</returns>
    /// <exception cref="ConcurrencyException">Two events are of one stream.</exception>
    public async Task<BulkAppendResult?> TryStoreAsync(
        EventSpool spool, long? erasedBefore, EventMetadata metadata, CancellationToken ct)
    {
        if (await CopyDetour.TryPrepareAsync(connection, ct))
        {
            return null;
        }

        await BulkLog.HoldKeysAsync(connection, district, erasedBefore, ct);
        var indexes = await LateIndexes.TakeOffAsync(connection, BulkLog.Tables, spool.Count, ct);
        if (!indexes.AreOff)
        {
            return null;
        }

        var recordedAt = await BulkLog.AnnounceAsync(connection, district, ct);
        var rows = new EventRows(time, district, spool, metadata, recordedAt);
        await CopyEventsAsync(spool, rows, ct);
        await CopyStreamsAsync(spool, ct);
        await PutBackAsync(indexes, ct);
        var position = await BulkLog.PositionAsync(connection, district, rows.LastStream, ct);
        return new(spool.Count, StreamsStarted: spool.Count, StreamsContinued: 0, position);
    }

    private async Task CopyEventsAsync(EventSpool spool, EventRows rows, CancellationToken ct)
    {
        await using var copy = await CopyWriter.StartAsync(connection, BulkLog.Columns, ct);
        await foreach (var record in spool.ReadAsAddedAsync(ct))
        {
            if (record.ExpectedVersion > 0)
            {
                var id = new Guid(record.StreamIdBytes, bigEndian: true);
                throw new ConcurrencyException(
                    $"stream {id} is at version 0, not {record.ExpectedVersion}", id, null);
            }

            await rows.WriteAsync(copy, record, version: 1, ct);
        }

        await copy.CompleteAsync(ct);
    }

    private async Task CopyStreamsAsync(EventSpool spool, CancellationToken ct)
    {
        await using var copy = await CopyWriter.StartAsync(connection, BulkStreams.FirstOfAll, ct);
        foreach (var record in spool.ReadAgain())
        {
            copy.StartRow(4);
            copy.Short(district);
            copy.Bytes(record.StreamIdBytes);
            copy.Bytes(CopyWriter.Utf8(spool.Kind(record)));
            copy.Int(1);
            await copy.EndRowAsync(ct);
        }

        await copy.CompleteAsync(ct);
    }

    private static async Task PutBackAsync(LateIndexes indexes, CancellationToken ct)
    {
        try
        {
            await indexes.PutBackAsync(ct);
        }
        catch (PostgresException twice) when (twice.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            throw new ConcurrencyException("two of the events are of one stream", null, twice);
        }
    }
}
